import { describe, expect, it } from "@jest/globals";
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
  ])("%s", (glob, named, others) => {
    const matches = compileGlob(glob, "glob");
    for (const path of named) expect([path, matches(path)]).toEqual([path, true]);
    for (const path of others) expect([path, matches(path)]).toEqual([path, false]);
  });
});
