import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { kindFolder, kindGolden, unpacked } from "@secondpass/test-kit";
import { MalformedModelFileError } from "../../src/errors/malformed-model-file-error.js";
import { ModelKindError } from "../../src/errors/model-kind-error.js";
import { UnsupportedArchitectureError } from "../../src/errors/unsupported-architecture-error.js";
import { UnsupportedModuleError } from "../../src/errors/unsupported-module-error.js";
import { WeightShapeError } from "../../src/errors/weight-shape-error.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { loadSparseEncoder } from "../../src/load-sparse-encoder.js";

const golden = kindGolden("sparse");
const texts = golden.cases;
/** Largest difference from PyTorch's float32. */
const TOLERANCE = 1e-4;
/** Largest error of int8 in a weight of these random models. */
const MAX_DRIFT = 1;
const SPLADE = "splade";
const ROUTED = "splade whose queries need no inference";
const POOLING = "1_SpladePooling/config.json";

const load = (model: string, options: object = {}) =>
  loadSparseEncoder({ model, threads: 1, worker: false, ...options });

type Packed = { readonly indices: string; readonly values: string };
const weightsOf = ({ indices, values }: Packed) => {
  const places = indices === "" ? [] : indices.split(" ").map(Number);
  const numbers = unpacked(values);
  return new Map(places.map((place, i) => [place, numbers[i]!]));
};
/** Largest difference between two vectors' weights, over all positions of either. */
const difference = (
  { indices, values }: { readonly indices: Uint32Array; readonly values: Float32Array },
  expected: Packed,
) => {
  const [ours, theirs] = [
    new Map(Array.from(indices, (place, i) => [place, values[i]!])),
    weightsOf(expected),
  ];
  const places = new Set([...ours.keys(), ...theirs.keys()]);
  return Math.max(
    0,
    ...[...places].map((place) => Math.abs((ours.get(place) ?? 0) - (theirs.get(place) ?? 0))),
  );
};

describe("A sparse encoder", () => {
  it.each(Object.keys(golden.models))("gives sentence-transformers' weights: %s", async (name) => {
    await using model = await load(kindFolder(golden, name));
    for (const { task: given, options, rows } of golden.models[name]!.runs) {
      const task = given ?? undefined;
      const promptName = task && Object.hasOwn(model.prompts, task) ? task : undefined;
      const vectors = await model.embed(texts, { task, promptName, ...options });
      for (const [i, row] of rows.entries()) {
        expect(difference(vectors[i]!, row as Packed)).toBeLessThan(TOLERANCE);
        const [alone] = await model.embed([texts[i]!], { task, promptName, ...options });
        expect(difference(alone!, row as Packed)).toBeLessThan(TOLERANCE);
        expect([...alone!.indices]).toEqual([...alone!.indices].sort((a, b) => a - b));
      }
    }
  });

  it("leaves zeros out, and gives no more numbers than the caller's limit", async () => {
    await using model = await load(kindFolder(golden, SPLADE));
    const [all] = await model.embed([texts[0]!]);
    expect(all!.values.every((value) => value > 0)).toBe(true);
    const [some] = await model.embed([texts[0]!], { maxActiveDims: 5 });
    expect([...some!.values].sort()).toEqual(
      [...all!.values]
        .sort((a, b) => b - a)
        .slice(0, 5)
        .sort(),
    );
    await expect(model.embed(texts, { maxActiveDims: 0 })).rejects.toThrow("maxActiveDims");
    expect(model.dimensions).toBe(200);
    expect(model.similarity).toBe("dot");
  });

  it("decodes a vector into vocabulary entries, the largest weight first", async () => {
    await using model = await load(kindFolder(golden, SPLADE));
    const [vector] = await model.embed([texts[0]!]);
    const entries = await model.decode(vector!, 3);
    expect(entries).toHaveLength(3);
    const { vocab } = (golden.files.wordpiece as { model: { vocab: Record<string, number> } }).model;
    for (const [token, weight] of entries) {
      expect(vector!.values[vector!.indices.indexOf(vocab[token]!)]).toBe(weight);
    }
    expect(entries.map(([, weight]) => weight)).toEqual(
      [...vector!.values].sort((a, b) => b - a).slice(0, 3),
    );
    expect(await model.decode(vector!)).toHaveLength(vector!.values.length);
  });

  it("cuts queries and documents to the model's lengths for them", async () => {
    const folder = kindFolder(golden, SPLADE);
    const path = join(folder, "sentence_bert_config.json");
    const own = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...own, query_length: 4, document_length: 6 }));
    const long = ["the river at night by the old mill and the harbour"];
    await using model = await load(folder);
    for (const [task, maxLength] of [
      ["query", 4],
      ["document", 6],
    ] as const) {
      await using cut = await load(kindFolder(golden, SPLADE), { maxLength });
      expect(await model.embed(long, { task })).toEqual(await cut.embed(long));
    }
    const whole = await model.embed(long);
    expect(await model.embed(long, { task: "query" })).not.toEqual(whole);
  });

  it("reads its vocabulary again after a failure", async () => {
    const folder = kindFolder(golden, SPLADE);
    await using model = await load(folder);
    const [vector] = await model.embed(["the river"]);
    const hidden = ["tokenizer.json", "vocab.txt"].filter((name) => existsSync(join(folder, name)));
    for (const name of hidden) renameSync(join(folder, name), join(folder, `${name}.hidden`));
    await expect(model.decode(vector!)).rejects.toThrow();
    for (const name of hidden) renameSync(join(folder, `${name}.hidden`), join(folder, name));
    expect((await model.decode(vector!, 1))[0]![0]).not.toBe("");
  });

  it("computes in int8, near float32", async () => {
    await using model = await load(kindFolder(golden, SPLADE), { dtype: "int8" });
    const vectors = await model.embed(texts);
    const drifts = golden.models[SPLADE]!.runs[0]!.rows.map((row, i) =>
      difference(vectors[i]!, row as Packed),
    );
    expect(Math.max(...drifts)).toBeGreaterThan(0);
    expect(Math.max(...drifts)).toBeLessThan(MAX_DRIFT);
  });

  it("uses the model's own pooling, and no other", async () => {
    const config = (change: object) => kindFolder(golden, SPLADE, { [POOLING]: change });
    await using plain = await load(config({}));
    await using model = await load(kindFolder(golden, SPLADE));
    expect(await plain.embed(texts)).toEqual(await model.embed(texts));
    await expect(load(config({ pooling_strategy: "mean" }))).rejects.toThrow(MalformedModelFileError);
    await expect(load(config({ activation_function: "gelu" }))).rejects.toThrow(
      'to be "relu" or "log1p_relu"',
    );
    await expect(load(kindFolder(golden, SPLADE, { [POOLING]: undefined }))).rejects.toThrow(POOLING);
  });

  it("names the kind of a repository that is not a sparse encoder", async () => {
    const embedders = kindGolden("embedders");
    await expect(load(kindFolder(embedders, "static embedding"))).rejects.toThrow(ModelKindError);
    await expect(load(kindFolder(embedders, "static embedding"))).rejects.toThrow("Load it with loadEncoder");
    await expect(loadEncoder({ model: kindFolder(golden, SPLADE) })).rejects.toThrow(
      "Load it with loadSparseEncoder",
    );
    const bare = "masked language model without modules.json";
    const config = { ...(golden.models[bare]!.files["config.json"] as object), architectures: ["BertModel"] };
    await expect(load(kindFolder(golden, bare, { "config.json": config }))).rejects.toThrow(
      'got one with "BertModel"',
    );
    const t5 = { ...config, architectures: ["T5ForMaskedLM"], model_type: "t5" };
    await expect(load(kindFolder(golden, bare, { "config.json": t5 }))).rejects.toThrow(
      UnsupportedArchitectureError,
    );
  });

  it("names errors in token weights", async () => {
    const folder = "query_0_SparseStaticEmbedding";
    const elsewhere = { [`${folder}/config.json`]: { frozen: true, path: "someone/idf.json" } };
    await expect(load(kindFolder(golden, ROUTED, elsewhere))).rejects.toThrow(UnsupportedModuleError);
    const larger = {
      ...(golden.files.wordpiece as object),
      added_tokens: [{ id: 500, content: "Berlin", special: true, normalized: false }],
    };
    await using model = await load(kindFolder(golden, ROUTED, { [`${folder}/tokenizer.json`]: larger }));
    await expect(model.embed(["Berlin"], { task: "query" })).rejects.toThrow(WeightShapeError);
  });
});
