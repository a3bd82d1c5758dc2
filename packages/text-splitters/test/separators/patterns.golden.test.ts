import { describe, expect, it } from "@jest/globals";
import { compileSeparator } from "../../src/separators/compile-separator.js";
import { readGolden } from "../golden.js";

interface Case {
  readonly pattern: string;
  readonly texts: { readonly text: string; readonly pieces: (string | null)[] }[];
}

describe("Python's re.split", () => {
  const cases = ["patterns", "regex-fuzz"].flatMap((name) => readGolden<Case[]>(name).cases);

  it.each(cases.map((one) => [one.pattern, one.texts] as const))("splits texts at %j", (pattern, texts) => {
    const separator = compileSeparator(pattern, true);
    for (const { text, pieces } of texts) {
      const found: string[] = [];
      const cursor = separator.pieces(text, false);
      while (cursor.next()) found.push(text.slice(cursor.start, cursor.end));
      expect({ text, found }).toEqual({ text, found: pieces.filter(Boolean) });
    }
  });
});
