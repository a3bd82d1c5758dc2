import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { TextPair } from "@secondpass/core";
import { ModelFolders } from "@secondpass/test-kit";
import type { LoadOptions } from "../../src/contracts/load-options.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";

const PAIRS = [
  "Paris",
  "Berlin",
  "the capital of France",
  "",
  "people of the city",
  "2024",
  "runs through",
].map((text): TextPair => ["capital", text]);

describe("number formats", () => {
  // int8 leaves a file beside the model.
  let root: string;
  let model: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "dtypes-"));
    model = join(root, "bert");
    cpSync(new ModelFolders().folder("bert-cross-encoder"), model, { recursive: true });
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const logits = async (options: Partial<LoadOptions>) => {
    await using crossEncoder = await loadCrossEncoder({ model, threads: 1, worker: false, ...options });
    return (await crossEncoder.logits(PAIRS)).map(([logit]) => logit!);
  };

  it("int8 is near float32, and keeps its quantised weights for the next load", async () => {
    const [exact, quick] = [await logits({}), await logits({ dtype: "int8" })];
    expect(quick).not.toEqual(exact);
    quick.forEach((logit, i) => {
      expect(Math.abs(logit - exact[i]!)).toBeLessThan(0.05);
    });
    expect(readdirSync(model).filter((file) => file.startsWith("secondpass-int8"))).toHaveLength(1);
    expect(await logits({ dtype: "int8" })).toEqual(quick);
  });

  it("an int8 score does not depend on the other texts of its batch", async () => {
    await using crossEncoder = await loadCrossEncoder({ model, threads: 1, worker: false, dtype: "int8" });
    const together = await crossEncoder.logits(PAIRS);
    for (const [i, pair] of PAIRS.entries()) {
      const [[alone]] = (await crossEncoder.logits([pair])) as [Float32Array];
      expect(Math.abs(alone! - together[i]![0]!)).toBeLessThan(1e-5);
    }
  });

  it("an int8 score of a long text is exactly the same alone and in a batch", async () => {
    const long = join(root, "modernbert");
    cpSync(new ModelFolders().folder("modernbert"), long, { recursive: true });
    const changes = {
      "config.json": { max_position_embeddings: 512, global_attn_every_n_layers: 1, layer_types: undefined },
      "tokenizer_config.json": { model_max_length: 512 },
    };
    for (const [name, change] of Object.entries(changes)) {
      const file = join(long, name);
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), ...change }));
    }
    await using crossEncoder = await loadCrossEncoder({
      model: long,
      threads: 1,
      worker: false,
      dtype: "int8",
    });
    // Shorter and longer than the length from which attention is computed in tiles.
    const texts = [300, 40, 150, 90, 151, 150, 120].map((words) => "Paris runs ".repeat(words / 2));
    const pairs = texts.map((text): TextPair => ["capital", text]);
    const together = await crossEncoder.logits(pairs);
    for (const [i, pair] of pairs.entries()) {
      expect([i, await crossEncoder.logits([pair])]).toEqual([i, [together[i]]]);
    }
  });

  it("an unknown one causes an error that lists those of the model", async () => {
    const encoder = new ModelFolders().folder("bert-encoder");
    for (const dtype of ["int4", "fp-32"]) {
      for (const loading of [loadCrossEncoder({ model, dtype }), loadEncoder({ model: encoder, dtype })]) {
        await expect(loading).rejects.toMatchObject({
          name: "WeightsNotFoundError",
          wanted: dtype,
          dtypes: ["fp32", "int8", "q8"],
          message: expect.stringMatching(/found model\.safetensors\. .*\("fp32", "int8", "q8"\)/),
        });
      }
    }
  });
});
