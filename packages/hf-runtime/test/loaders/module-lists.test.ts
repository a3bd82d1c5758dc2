import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { ModelFolders, type Variant } from "@secondpass/test-kit";
import { UnsupportedModuleError } from "../../src/errors/unsupported-module-error.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { type CrossEncoderGolden, type EncoderGolden, rowsOf } from "../support/goldens.js";

/** Largest difference from PyTorch's float32. */
const TOLERANCE = 1e-4;
/** Largest error of int8 in a logit of these random models. */
const MAX_DRIFT = 1;

/** sentence-transformers' results for models with unusual settings (tools/oracle/module_lists.py). */
const goldens: {
  readonly variants: readonly Variant[];
  readonly encoders: readonly EncoderGolden[];
  readonly cases: readonly CrossEncoderGolden[];
} = JSON.parse(readFileSync(join(__dirname, "../goldens/models/module-lists.json"), "utf8"));

const folders = new ModelFolders(goldens.variants);
afterAll(() => folders.remove());

const options = (model: string) => ({ model: folders.folder(model), threads: 1, worker: false });
const worst = (rows: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[]) =>
  Math.max(...rows.flatMap((row, i) => Array.from(row, (value, j) => Math.abs(value - expected[i]![j]!))));

describe("Rerankers with a list of modules", () => {
  it.each(goldens.cases)("score as in sentence-transformers: $name", async (golden) => {
    const { model, pairs, logits, scores } = golden;
    await using reranker = await loadCrossEncoder(options(model));
    expect(reranker.numLabels).toBe(golden.labels);
    expect(reranker.activation).toBe(golden.activation.toLowerCase());
    const together = await reranker.logits(pairs);
    expect(worst(together, logits)).toBeLessThan(TOLERANCE);
    const [alone] = await reranker.logits(pairs.slice(-1));
    expect(worst([alone!], logits.slice(-1))).toBeLessThan(TOLERANCE);
    const rows = scores.map((score) => [score].flat());
    expect(worst(await reranker.predict(pairs), rows)).toBeLessThan(TOLERANCE);
  });

  it("score in int8, near float32", async () => {
    const { model, pairs, logits } = goldens.cases[0]!;
    await using quick = await loadCrossEncoder({ ...options(model), dtype: "int8" });
    const drift = worst(await quick.logits(pairs), logits);
    expect(drift).toBeGreaterThan(0);
    expect(drift).toBeLessThan(MAX_DRIFT);
  });
});

describe("Embedders", () => {
  it("throw before the first text if Pooling reads one vector for each text", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pooled-"));
    try {
      cpSync(folders.folder("bert-encoder"), folder, { recursive: true });
      const text = { method: "forward", method_output_name: "pooler_output" };
      const config = { modality_config: { text }, module_output_name: "token_embeddings" };
      writeFileSync(join(folder, "sentence_bert_config.json"), JSON.stringify(config));
      const loading = loadEncoder({ model: folder, threads: 1, worker: false });
      await expect(loading).rejects.toThrow(UnsupportedModuleError);
      await expect(loading).rejects.toThrow('Pooling over "token_embeddings" with one vector for each text');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each(goldens.encoders)("give sentence-transformers' vectors: $name", async (golden) => {
    await using encoder = await loadEncoder(options(golden.model));
    const expected = rowsOf(golden.vectors, golden.dimensions);
    expect(encoder.dimensions).toBe(golden.dimensions);
    expect(worst(await encoder.embed(golden.texts, golden.options), expected)).toBeLessThan(TOLERANCE);
    const alone = await encoder.embed(golden.texts.slice(-1), golden.options);
    expect(worst(alone, expected.slice(-1))).toBeLessThan(TOLERANCE);
  });
});
