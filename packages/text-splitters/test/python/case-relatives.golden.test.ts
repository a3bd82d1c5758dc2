import { describe, expect, it } from "@jest/globals";
import { caseRelatives } from "../../src/python/case-relatives.js";
import { readGolden } from "../golden.js";

describe("caseRelatives", () => {
  const { cases } = readGolden<string[]>("case-families");

  it("relates the letters that are equal in Python", () => {
    const relatives = caseRelatives(false);
    // Letters that are newer than Python's Unicode have a case here if Node knows them.
    const known = new Set(cases.join(""));
    for (const family of cases) {
      for (const letter of family) {
        const found = relatives.get(letter.codePointAt(0)!) ?? [];
        const letters = found.map((codePoint) => String.fromCodePoint(codePoint));
        const expected = [...family].sort();
        expect({ letter, related: letters.filter((one) => known.has(one)).sort() }).toEqual({
          letter,
          related: expected,
        });
      }
    }
  });

  it("relates ASCII letters only under re.ASCII", () => {
    expect(caseRelatives(true).get(0x4b)).toEqual([0x4b, 0x6b]);
    expect(caseRelatives(true).size).toBe(52);
  });
});
