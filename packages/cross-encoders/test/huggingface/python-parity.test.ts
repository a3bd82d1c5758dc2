import { afterAll, describe, expect, it } from "@jest/globals";
import type { TextPair } from "../../src/index.js";
import golden from "../goldens/hugging-face-cross-encoder.json";
import { FLOAT32_TOLERANCE, TinyModels } from "./tiny-models.js";

const models = new TinyModels();
afterAll(() => models.close());

/**
 * Models whose tokenizer.json has the normalizer "Nmt", which only the `tokenizers` library's own trainer writes. The
 * runtime may reject them, but must never score them differently.
 */
const MAY_REJECT = ["xlm-roberta", "deberta-v2", "albert"];

describe("HuggingFaceCrossEncoder against LangChain Python", () => {
  const cases = (
    golden.cases as { model: string; maxLength?: number; pairs: string[][]; scores: number[] }[]
  ).map((example) => [example.model, example.maxLength, example] as const);

  it.each(cases)(
    "computes the scores of %s with maxLength %p",
    async (model, maxLength, { pairs, scores }) => {
      const scoring = models.open(model, { maxLength }).score(pairs as unknown as TextPair[]);
      const actual = await scoring.catch((error: Error) => {
        if (MAY_REJECT.includes(model) && error.name === "UnsupportedTokenizerError") return undefined;
        throw error;
      });
      if (!actual) return;
      const worst = actual.reduce(
        (most, score, i) => Math.max(most, Math.abs(score - (scores[i] as number))),
        0,
      );
      expect(worst).toBeLessThanOrEqual(FLOAT32_TOLERANCE);
    },
  );
});
