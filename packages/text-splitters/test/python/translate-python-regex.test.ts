import { describe, expect, it } from "@jest/globals";
import { InvalidRegexError } from "../../src/errors/invalid-regex-error.js";
import { literalOfRegex } from "../../src/python/literal-of-regex.js";
import { translatePythonRegex } from "../../src/python/translate-python-regex.js";
import { compileSeparator } from "../../src/separators/compile-separator.js";

describe("translatePythonRegex", () => {
  it.each([
    ["(?P<name>a)(?P=name)", "aa", "ab"],
    ["a$", "ba\n", "a\n\n"],
    ["a\\Z", "ba", "a\n"],
    ["^a.b$", "a\rb", "a\nb"],
    ["^\\w+$", "é한_٣", "a\u0301"],
    ["^\\s$", "\u001c", "\ufeff"],
    ["^x{,2}$", "xx", "xxx"],
    ["^x{$", "x{", "x"],
    ["^[]a]$", "]", "b"],
    ["(?i)^ÄB$", "äb", "ab"],
    ["^(?x: a b )$", "ab", "a b"],
    ["^\\101\\x42\\u0043$", "ABC", "abc"],
    ["^\\p{Lu}$", "É", "é"],
    ["^(?a:\\w)$", "a", "é"],
    ["^(a)\\1$", "aa", "a1"],
    ["(?i)^(k)\\1$", "kK", "kl"],
    ["^(?i:k)$", "\u212a", "l"],
    ["^k(?i:k)$", "kK", "KK"],
    ["(?i)^(?-i:k)k$", "kK", "Kk"],
    ["(?x)^a\u00a0b$", "a\u00a0b", "ab"],
    ["(?i)^\\p{Lu}$", "é", "1"],
    ["^[^\\W\\d]$", "é", "1"],
    ["^[\\S\\n]+$", "a\nb", "a b"],
  ])("gives %j Python's meaning", (pattern, matching, other) => {
    const { source, flags } = translatePythonRegex(pattern);
    expect(new RegExp(source, flags).test(matching)).toBe(true);
    expect(new RegExp(source, flags).test(other)).toBe(false);
  });

  it.each([
    ["a(b", "never closed", 3],
    ["a)b", "unbalanced", 1],
    ["[ab", "never closed", 0],
    ["a++", "possessive", 1],
    ["(?>a)", "atomic", 0],
    ["(a)?(?(1)b|c)", "conditional", 4],
    ["(?i:(a)\\1)", "ignores case in its own way", 7],
    ["(?ai)(?P<a>b)(?P=a)", "ignores case in its own way", 13],
    ["a(?i)b", "not at the start", 1],
    ["\\q", "bad escape", 0],
    ["\\N{DASH}", "bad escape", 0],
    ["\\x4", "incomplete", 0],
    ["[z-a]", "range", 1],
    ["[a-\\d]", "range", 1],
    ["a\\", "escapes nothing", 1],
    ["(?#", "never closed", 0],
  ])("throws for %j", (pattern, reason, position) => {
    try {
      translatePythonRegex(pattern);
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidRegexError);
      expect(error).toMatchObject({ pattern, position });
      expect((error as Error).message).toContain(reason);
      return;
    }
    throw new InvalidRegexError(pattern, "no error");
  });

  it.each(["*a", "a**", "(?=a)*", "\\k<none>"])("throws for patterns that RegExp rejects: %j", (pattern) => {
    expect(() => compileSeparator(pattern, true)).toThrow(InvalidRegexError);
  });
});

describe("literalOfRegex", () => {
  it.each([
    ["\nclass ", "\nclass "],
    ["\nsetClass\\(", "\nsetClass("],
    ["\n\\\\chapter{", "\n\\chapter{"],
    ["a-b#", "a-b#"],
    ["a+", undefined],
    ["a{2}", undefined],
    ["\\n", undefined],
    ["$", undefined],
    ["a\\", undefined],
    ["\\\\(a)", undefined],
  ])("%j is %j", (pattern, literal) => {
    expect(literalOfRegex(pattern)).toBe(literal);
  });
});

describe("a separator with half a surrogate pair", () => {
  it.each([
    ["\ud83d", "👍a\ud83db", ["👍a", "b"]],
    ["\udc4d", "👍a\udc4db", ["👍a", "b"]],
  ])("does not match inside a whole one", (separator, text, expected) => {
    const cursor = compileSeparator(separator, false).pieces(text, false);
    const pieces: string[] = [];
    while (cursor.next()) pieces.push(text.slice(cursor.start, cursor.end));
    expect(pieces).toEqual(expected);
  });
});

describe("a pattern that consumes nothing", () => {
  it("splits long runs of surrogate pairs only between characters", () => {
    const text = `(${"👍".repeat(50_000)})`;
    const cursor = compileSeparator("\\B", true).pieces(text, false);
    let pieces = 0;
    let broken = 0;
    while (cursor.next()) {
      if (/[\ud800-\udfff]/u.test(text.slice(cursor.start, cursor.end))) broken++;
      pieces++;
    }
    expect({ pieces, broken }).toEqual({ pieces: 50_002, broken: 0 });
  });
});

describe("groups in a separator that is kept", () => {
  // Python pairs the groups with the pieces, which doubles or loses text, or raises an IndexError.
  it("do not split the text", () => {
    const text = "a1b2c";
    const cursor = compileSeparator("(\\d)", true).pieces(text, "start");
    const pieces: string[] = [];
    while (cursor.next()) pieces.push(text.slice(cursor.start, cursor.end));
    expect(pieces).toEqual(["a", "1b", "2c"]);
  });
});
