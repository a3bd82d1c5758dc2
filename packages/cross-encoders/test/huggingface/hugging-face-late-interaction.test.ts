import { describe, expect, it } from "@jest/globals";
import { crossEncoderSuite, kindFolder, kindGolden } from "@secondpass/test-kit";
import { HuggingFaceLateInteraction } from "../../src/huggingface/index.js";

const golden = kindGolden("multi-vector");
const texts = golden.cases;
/** Largest difference from PyTorch's float32, in a sum of at most 48 matches. */
const TOLERANCE = 1e-3;
const NAME = "multi-vector";

const open = (name = NAME, fields: object = {}) =>
  new HuggingFaceLateInteraction({ model: kindFolder(golden, name), threads: 1, worker: false, ...fields });

describe("HuggingFaceLateInteraction", () => {
  crossEncoderSuite({ create: () => open(), batchTolerance: 1e-5 });

  it.each(Object.keys(golden.models))("computes the scores of sentence-transformers: %s", async (name) => {
    await using model = open(name);
    for (const [q, row] of golden.models[name]!.similarity!.entries()) {
      const scores = await model.score(texts.map((text) => [texts[q]!, text] as const));
      for (const [d, score] of row.entries()) expect(Math.abs(scores[d]! - score)).toBeLessThan(TOLERANCE);
    }
  });

  it("puts the caller's prompts before queries and candidates", async () => {
    await using own = open();
    await using other = open(NAME, { queryPrompt: "", documentPrompt: "Paris " });
    const pairs = [["people live in Berlin", "the Seine"]] as const;
    const [a] = await own.score([["people live in Berlin", "the Seine"]]);
    const [b] = await other.score([["people people live in Berlin", "the Seine"]]);
    expect(b).not.toBeCloseTo(a!, 3);
    await using plain = open(NAME, { queryPrompt: "people ", documentPrompt: "city " });
    expect(await plain.score(pairs)).toEqual(await own.score(pairs));
  });

  it("loads nothing for no pairs, and throws for a model of another kind", async () => {
    await using missing = new HuggingFaceLateInteraction({ model: "/nowhere/at all" });
    expect(await missing.score([])).toEqual([]);
    const sparse = kindFolder(kindGolden("sparse"), "splade");
    await using wrong = new HuggingFaceLateInteraction({ model: sparse, worker: false });
    await expect(wrong.score([["a", "b"]])).rejects.toThrow("to be a late-interaction model");
  });
});
