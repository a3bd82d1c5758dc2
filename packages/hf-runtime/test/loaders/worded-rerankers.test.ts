import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { ModelConfigError } from "../../src/errors/model-config-error.js";
import { UnsupportedRerankerError } from "../../src/errors/unsupported-reranker-error.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { writeShapeNamed } from "../support/table-rows.js";

const ROUNDING = 1e-5;
/** Largest error of int8 in a logit of these random models. */
const MAX_DRIFT = 1;
const QUERY = "How many people live in Berlin?";
const PAIRS = [
  [QUERY, "About 3.6 million people live in the city."],
  [QUERY, "The Seine runs through Paris."],
] as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "secondpass-worded-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(shape: string, config: Readonly<Record<string, unknown>> = {}, options: object = {}) {
  writeShapeNamed(folder, shape, config);
  return loadCrossEncoder({ model: folder, threads: 1, isolation: "none", ...options });
}

describe("A reranker that reads a pair as one text", () => {
  it.each(["monot5", "monomt5", "hhem", "llama-bidirectional-reranker"])(
    "gives a pair the same score alone and in a batch: %s",
    async (shape) => {
      await using model = await load(shape);
      const together = await model.logits(PAIRS);
      for (const [i, pair] of PAIRS.entries()) {
        const [alone] = await model.logits([pair]);
        alone!.forEach((value, label) => {
          expect(Math.abs(value - together[i]![label]!)).toBeLessThan(ROUNDING);
        });
      }
    },
  );

  it("answers after the wording's end, for documents of any length", async () => {
    await using model = await load("monot5");
    const long = "word ".repeat(1000);
    const [once, twice] = (await model.logits([
      ["q", long],
      ["q", long + long],
    ])) as [Float32Array, Float32Array];
    expect(once[0]).toBeCloseTo(twice[0]!, 5);
  });

  it("reads a prompt before the query", async () => {
    await using model = await load("monot5");
    const [prompted] = await model.logits([["b?", "c"]], { prompt: "a " });
    const [joined] = await model.logits([["a b?", "c"]]);
    expect(prompted).toEqual(joined);
  });

  it("does not change braces in texts", async () => {
    await using model = await load("monot5");
    const tokensOf = (query: string) => model.countTokens(query, "{query}") - model.countTokens(query, "");
    expect(tokensOf(QUERY.repeat(3))).toBe(tokensOf("a"));
  });

  it("scores in int8, near float32", async () => {
    await using exact = await load("monot5");
    await using quick = await load("monot5", {}, { dtype: "int8" });
    const [[a], [b]] = [(await exact.logits(PAIRS))[0]!, (await quick.logits(PAIRS))[0]!];
    expect(Math.abs(a! - b!)).toBeLessThan(MAX_DRIFT);
  });

  it("throws if its tokenizer has no token for the answer", async () => {
    writeShapeNamed(folder, "monot5");
    const path = join(folder, "tokenizer.json");
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("\\u2581true", "\\u2581wahr"));
    const loading = loadCrossEncoder({ model: folder, threads: 1, isolation: "none" });
    await expect(loading).rejects.toThrow(UnsupportedRerankerError);
    await expect(loading).rejects.toThrow(/no token "▁true"/);
  });

  it.each([
    ["monot5", "decoder_start_token_id", 5000],
    ["monot5", "decoder_start_token_id", -1],
    ["llama-bidirectional-reranker", "temperature", 0],
    ["llama-bidirectional-reranker", "pooling", "weighted_avg"],
  ])("throws for a configuration that cannot be computed: %s, %s %s", async (shape, key, value) => {
    const loading = load(shape, { [key]: value });
    await expect(loading).rejects.toThrow(ModelConfigError);
    await expect(loading).rejects.toThrow(key);
  });
});
