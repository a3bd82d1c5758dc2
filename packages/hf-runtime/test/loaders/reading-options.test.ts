import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { TextPair } from "@secondpass/core";
import { ModelFolders } from "@secondpass/test-kit";
import fc from "fast-check";
import type { CrossEncoder } from "../../src/contracts/cross-encoder.js";
import type { Encoder } from "../../src/contracts/encoder.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";

const folders = new ModelFolders();
const IN_THREAD = { threads: 1, isolation: "none", maxLength: 12 } as const;
let encoder: Encoder;
let crossEncoder: CrossEncoder;
beforeAll(async () => {
  encoder = await loadEncoder({ model: folders.folder("bert-encoder"), ...IN_THREAD });
  crossEncoder = await loadCrossEncoder({ model: folders.folder("bert-cross-encoder"), ...IN_THREAD });
});
afterAll(async () => {
  await Promise.all([encoder.dispose(), crossEncoder.dispose()]);
  folders.remove();
});

const text = fc
  .array(fc.constantFrom("Paris", "capital", "2024"), { maxLength: 20 })
  .map((words) => words.join(" "));

/** The numbers of tokens that a model reports, by position. */
async function told(run: (onTokens: (place: number, tokens: number) => void) => Promise<unknown>) {
  const counts: number[] = [];
  await run((place, tokens) => {
    counts[place] = tokens;
  });
  return counts;
}

describe("onTokens", () => {
  it("reports the number of tokens of each text and pair, as countTokens does, after truncation", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 }),
        async (pairs: TextPair[]) => {
          const texts = pairs.map(([first]) => first);
          expect(await told((onTokens) => encoder.embed(texts, { onTokens }))).toEqual(
            texts.map((one) => Math.min(12, encoder.countTokens(one))),
          );
          expect(await told((onTokens) => crossEncoder.logits(pairs, { onTokens }))).toEqual(
            pairs.map(([a, b]) => Math.min(12, crossEncoder.countTokens(a, b))),
          );
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe("truncationSide", () => {
  const END = "Paris 2024 capital";
  const LONG = `${"capital ".repeat(30)}${END}`;

  it("chooses the side at which a text is cut", async () => {
    // If the text is cut on the left, its last ten tokens stay, with [CLS] and [SEP] around them.
    const last = [...(await encoder.tokenize(LONG, { addSpecialTokens: false }))].slice(-10);
    const kept = LONG.slice(last[0]?.start);
    const [left] = await encoder.embed([LONG], { truncationSide: "left" });
    const [right] = await encoder.embed([LONG], { truncationSide: "right" });
    expect(left).toEqual((await encoder.embed([kept]))[0]);
    expect(right).toEqual((await encoder.embed([LONG]))[0]);
    expect(left).not.toEqual(right);
  });

  it("cuts pairs on that side as well", async () => {
    const [left] = await crossEncoder.logits([["Paris", LONG]], { truncationSide: "left" });
    const [right] = await crossEncoder.logits([["Paris", LONG]]);
    expect(left).not.toEqual(right);
    const texts = await crossEncoder.tokenize(LONG, { addSpecialTokens: false });
    const kept = LONG.slice(texts[texts.length - 8]?.start);
    expect(left).toEqual((await crossEncoder.logits([["Paris", kept]]))[0]);
  });

  it("throws for another word", async () => {
    const truncationSide = "top" as "left";
    await expect(encoder.embed(["a"], { truncationSide })).rejects.toMatchObject({
      name: "InvalidOptionError",
    });
    await expect(crossEncoder.logits([["a", "b"]], { truncationSide })).rejects.toMatchObject({
      name: "InvalidOptionError",
    });
  });
});
