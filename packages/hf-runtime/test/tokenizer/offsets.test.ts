import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import type { LocatedIds } from "../../src/tokenizer/pipeline/locate-section.js";
import { runSteps } from "../../src/tokenizer/steps/run-steps.js";
import { trimSpaces } from "../../src/tokenizer/trim-spaces.js";
import ids from "../goldens/tokenize/ids.json";
import golden from "../goldens/tokenize/offsets.json";
import { type Changes, changed, readFixture, vocabularyOf } from "./read-fixture.js";

/** When `tokenizers` strips white space of two bytes, it counts bytes instead of characters, and returns the places of other characters. */
const KNOWN: Readonly<Record<string, readonly string[]>> = { "deberta-v3": ["\u0085\u001c\u001dx\u00ady"] };
const ALL = Number.POSITIVE_INFINITY;

function hashed({ starts, ends }: LocatedIds): string {
  const flat = starts.map((start, i) => `${start} ${ends[i]}`).join(" ");
  return createHash("sha256").update(flat).digest("hex").slice(0, 8);
}

describe("the places of tokens equal those of Python's tokenizers", () => {
  it.each(golden.cases.map((kind) => [kind.name, kind] as const))("%s", async (_name, kind) => {
    const vocabulary = await vocabularyOf(
      changed(readFixture(kind.fixture), kind.changes as unknown as Changes),
    );
    const expected = kind.offsets.split(" ");
    const different = ids.texts.filter((text, index) => {
      const located = runSteps(vocabulary.locateInSteps(text, ALL));
      if (located.ids.join() !== vocabulary.ids(text).join()) return true;
      if (kind.trims) trimSpaces(text, located, { addsPrefix: kind.name.includes("prefix space") });
      return hashed(located) !== expected[index];
    });
    expect(different).toEqual(KNOWN[kind.name] ?? []);
  });
});
