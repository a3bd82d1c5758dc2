import { describe, expect, it } from "@jest/globals";
import { InvalidOptionError } from "@secondpass/core";
import { compileGlob } from "../../src/directory/compile-glob.js";

describe("compileGlob", () => {
  it.each<[string, string[], string[]]>([
    ["*.md", ["a.md", "x/y/a.md", ".a.md"], ["a.MD", "a.md/b"]],
    ["docs/*", ["docs/a", "x/docs/a"], ["docs/a/b", "docs"]],
    ["docs/**", ["docs/a", "docs/a/b"], ["docs"]],
    ["docs/**/a", ["docs/a", "docs/x/y/a"], ["docs/xa"]],
    ["?.txt", ["a.txt", "é.txt", "😀.txt"], ["ab.txt", ".txt"]],
    ["[!b-z].*", ["a.txt", "😀.txt"], ["b.txt"]],
    ["[^b-z].*", ["a.txt"], ["b.txt"]],
    ["[[]odd].txt", ["[odd].txt"], ["o.txt"]],
    ["[odd].txt", ["o.txt"], ["[odd].txt"]],
    ["[]a].txt", ["].txt", "a.txt"], ["b.txt"]],
    ["{a,b}/*.{md,txt}", ["a/x.md", "b/x.txt"], ["c/x.md", "a/x.csv"]],
    ["a(1).txt", ["a(1).txt"], ["a1.txt"]],
    ["a|b.txt", ["a|b.txt"], ["a", "b.txt"]],
    ["a\\b.txt", ["a\\b.txt"], ["ab.txt"]],
    ["!a+b$^.txt", ["!a+b$^.txt"], ["a.txt"]],
    ["{a.txt", ["{a.txt"], ["a.txt"]],
    ["*", ["a\nb", ".hidden"], []],
    ["./*.md", ["a.md"], [".md/b"]],
    ["{a}.txt", ["{a}.txt"], ["a.txt"]],
    ["{a,b}}", ["a}", "b}"], ["a", "{a,b}}"]],
    ["{{a,b}", ["{a", "{b"], ["a"]],
    ["a,b", ["a,b"], ["a", "b"]],
    ["{,a}.txt", [".txt", "a.txt"], ["b.txt"]],
    ["{a,{b,c}d}.txt", ["a.txt", "bd.txt", "cd.txt"], ["b.txt", "ad.txt"]],
    ["{a,[,}]}", ["a", ",", "}"], ["[,}]"]],
    ["{x/**,y}/a", ["x/y/z/a", "y/a"], ["z/a"]],
    ["{8..11}.txt", ["8.txt", "10.txt", "11.txt"], ["1.txt", "12.txt", "{8..11}.txt"]],
    ["{01..3}.txt", ["01.txt", "03.txt"], ["1.txt"]],
    ["{1..-1}", ["1", "0", "-1"], ["2"]],
    ["{c..a}", ["a", "b", "c"], ["d"]],
    ["{1..b}", ["{1..b}"], ["1", "b"]],
    ["[[:alpha:][:digit:]_]", ["a", "7", "_"], ["-", "é", "[", ":"]],
    ["[[:unknown:]]", ["u]", "[]", ":]"], ["u", "x]"]],
    ["[a/]b", ["ab"], ["/b", "x/b"]],
    ["[!a]b", ["xb", "x/xb"], ["ab", "x/ab"]],
    ["**", ["a", "a/b", ".a/b"], []],
    ["a/**/**/b", ["a/b", "a/x/y/b"], ["a/xb", "b"]],
    ["+(a|b)@(c)", ["+(a|b)@(c)"], ["ac"]],
    ["\ud83d", ["\ud83d"], ["\ud83d\ude00"]],
  ])("%s", (glob, named, others) => {
    const matches = compileGlob(glob, "glob");
    for (const path of named) expect([path, matches(path)]).toEqual([path, true]);
    for (const path of others) expect([path, matches(path)]).toEqual([path, false]);
  });

  it.each<[string, string, string, string]>([
    ["stars", "*a*a*a*a*a*a*a*a*a*a*b", "a".repeat(4000), `${"a".repeat(4000)}b`],
    ["folders", `${"**/a/".repeat(20)}b`, "a/".repeat(2000).slice(0, -1), `${"a/".repeat(2000)}b`],
    ["choices", `${"{a,aa,*}".repeat(50)}b`, "a".repeat(4000), `${"a".repeat(4000)}b`],
    ["empty choices", `${"{,a}".repeat(5000)}b`, "a".repeat(200), `${"a".repeat(200)}b`],
    ["classes", `${"*[a-c]".repeat(100)}d`, "abc".repeat(1000), `${"abc".repeat(1000)}d`],
  ])("is linear in the path, with many %s", (_, glob, other, named) => {
    const matches = compileGlob(glob, "glob");
    expect(matches(other)).toBe(false);
    expect(matches(named)).toBe(true);
  });

  it("reads braces of any depth", () => {
    const deep = `${"{a,".repeat(10_000)}b${"}".repeat(10_000)}`;
    expect(compileGlob(deep, "glob")("b")).toBe(true);
    expect(compileGlob("{".repeat(60_000), "glob")("{")).toBe(false);
    expect(compileGlob("[".repeat(60_000), "glob")("[")).toBe(false);
  });

  it.each<[string, unknown]>([
    ["nothing", ""],
    ["nothing but the folder", "./"],
    ["an absolute path", "/etc/*"],
    ["a folder above", "../*"],
    ["a folder above, later", "a/../../b"],
    ["a number", 5],
    ["null", null],
    ["a text that is too long", "a".repeat(100_000)],
    ["too many numbers", "{1..999999999999999}"],
    ["too many numbers, three times", "{1..60000}".repeat(3)],
  ])("throws for %s", (_, glob) => {
    expect(() => compileGlob(glob as string, "exclude")).toThrow(InvalidOptionError);
  });
});
