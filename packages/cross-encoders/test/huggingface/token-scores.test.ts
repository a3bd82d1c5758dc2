import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { tableFolder, tableGolden } from "@secondpass/test-kit";
import { HuggingFaceCrossEncoder } from "../../src/huggingface/index.js";
import { TinyModels } from "./tiny-models.js";

interface TokenGolden {
  readonly pair: readonly [query: string, passage: string];
  readonly logit: number;
  readonly relevance: readonly number[];
  readonly bounds: readonly (readonly [start: number, end: number])[];
}

describe("HuggingFaceCrossEncoder.scoreTokens", () => {
  const tokens = tableGolden("open-provence").tokens as readonly TokenGolden[];
  const pairs = tokens.map(({ pair }) => pair);
  let folder: string;
  let model: HuggingFaceCrossEncoder;
  beforeAll(() => {
    folder = tableFolder("open-provence");
    model = new HuggingFaceCrossEncoder({ model: folder, threads: 1, worker: false });
  });
  afterAll(() => model.dispose());

  it("computes the scores, and the relevance and position of each token, as the reference", async () => {
    const found = await model.scoreTokens(pairs);
    const scores = await model.score(pairs);
    for (const [i, { logit, relevance, bounds }] of tokens.entries()) {
      expect(found[i]!.score).toBeCloseTo(1 / (1 + Math.exp(-logit)), 4);
      expect(found[i]!.score).toBeCloseTo(scores[i]!, 5);
      // The reference cuts a passage that does not fit; here a further window reads its end, from a sentence or word on.
      const isCut = found[i]!.tokens.length > bounds.length;
      const same = found[i]!.tokens.filter(({ end }) => !isCut || 2 * end < bounds.at(-1)![1]);
      expect(same.length).toBeGreaterThan(1);
      expect(same.map(({ start, end }) => [start, end])).toEqual(bounds.slice(0, same.length));
      if (!isCut) expect(same).toHaveLength(bounds.length);
      for (const [j, token] of same.entries()) expect(token.relevance).toBeCloseTo(relevance[j]!, 4);
    }
  });

  it("uses the caller's activation, and reports progress", async () => {
    const seen: number[] = [];
    await using other = new HuggingFaceCrossEncoder({
      model: folder,
      threads: 1,
      worker: false,
      activation: "identity",
    });
    const found = await other.scoreTokens(pairs, { onProgress: (done) => seen.push(done) });
    expect(found[0]!.score).toBeCloseTo(tokens[0]!.logit, 4);
    expect(seen.at(-1)).toBe(pairs.length);
  });

  it("returns the model's threshold, or undefined for a model without such a head", async () => {
    expect(await model.tokenThreshold()).toBe(0.25);
    const models = new TinyModels();
    const plain = models.open("bert-cross-encoder");
    expect(await plain.tokenThreshold()).toBeUndefined();
    await expect(plain.scoreTokens(pairs)).rejects.toThrow("to score the tokens of a text");
    await models.close();
  });

  it("loads nothing for no pairs, and names an invalid pair", async () => {
    await using missing = new HuggingFaceCrossEncoder({ model: "/nowhere/at all" });
    expect(await missing.scoreTokens([])).toEqual([]);
    await expect(model.scoreTokens([["only one"]] as never)).rejects.toThrow("pairs[0]");
  });
});
