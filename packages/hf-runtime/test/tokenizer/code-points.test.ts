import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import golden from "../goldens/tokenize/code_points.json";
import { type Changes, changed, readFixture, vocabularyOf } from "./read-fixture.js";

const characters = golden.codePoints
  .split(" ")
  .map((code) => String.fromCodePoint(Number.parseInt(code, 16)));
const texts = characters.flatMap((character) =>
  golden.contexts.map((context) => context.replaceAll("{}", () => character)),
);

describe("every kind of white space, letter, digit, mark and control gives Python's ids in every context", () => {
  it.each(golden.cases.map((kind) => [kind.name, kind] as const))("%s", async (_name, kind) => {
    const vocabulary = await vocabularyOf(
      changed(readFixture(kind.fixture), kind.changes as unknown as Changes),
    );
    const lines = texts.map((text) => vocabulary.ids(text).join(" "));
    const different = kind.blocks.split(" ").flatMap((hash, index) => {
      const [start, end] = [index * golden.block, (index + 1) * golden.block];
      return hash === hashLines(lines.slice(start, end)) ? [] : [texts.slice(start, end)];
    });
    expect(different).toEqual([]);
  });
});

function hashLines(lines: readonly string[]): string {
  return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 12);
}
