import { describe, expect, it } from "@jest/globals";
import { kindFolder, kindGolden, unpacked } from "@secondpass/test-kit";
import fc from "fast-check";
import { MalformedModelFileError } from "../../src/errors/malformed-model-file-error.js";
import { ModelConfigError } from "../../src/errors/model-config-error.js";
import { ModelKindError } from "../../src/errors/model-kind-error.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { loadMultiVectorEncoder } from "../../src/load-multi-vector-encoder.js";
import { maxSim } from "../../src/models/max-sim.js";

const golden = kindGolden("multi-vector");
const texts = golden.cases;
/** Largest difference from PyTorch's float32. */
const TOLERANCE = 1e-4;
const PLAIN = "multi-vector";
const SENTENCE = "sentence_bert_config.json";
const names = Object.keys(golden.models);

const load = (model: string, options: object = {}) =>
  loadMultiVectorEncoder({ model, threads: 1, worker: false, ...options });
const flat = (vectors: readonly Float32Array[]) =>
  Float32Array.from(vectors.flatMap((vector) => [...vector]));
const worst = (a: Float32Array, b: Float32Array) =>
  a.length === b.length
    ? Math.max(0, ...a.map((value, i) => Math.abs(value - b[i]!)))
    : Number.POSITIVE_INFINITY;
const sentence = (change: object) => ({ ...(golden.models[PLAIN]!.files[SENTENCE] as object), ...change });

describe("A late-interaction model", () => {
  it.each(names)("gives sentence-transformers' vectors of tokens, and its scores: %s", async (name) => {
    await using model = await load(kindFolder(golden, name));
    const { runs, similarity } = golden.models[name]!;
    const found: Record<string, Float32Array[][]> = {};
    for (const { task: given, rows } of runs) {
      const task = given!;
      const promptName = Object.hasOwn(model.prompts, task) ? task : undefined;
      const vectors = await model.embed(texts, { task, promptName });
      found[task] = vectors;
      for (const [i, row] of rows.entries()) {
        expect(worst(flat(vectors[i]!), unpacked(row as string))).toBeLessThan(TOLERANCE);
        const [alone] = await model.embed([texts[i]!], { task, promptName });
        expect(worst(flat(alone!), unpacked(row as string))).toBeLessThan(TOLERANCE);
      }
    }
    expect(model.dimensions).toBe(found.query![0]![0]!.length);
    for (const [q, row] of similarity!.entries()) {
      for (const [d, score] of row.entries()) {
        expect(Math.abs(model.score(found.query![q]!, found.document![d]!) - score)).toBeLessThan(
          10 * TOLERANCE,
        );
      }
    }
  });

  it("reads texts without a task as documents", async () => {
    const changes = { [SENTENCE]: sentence({ document_length: null }) };
    await using model = await load(kindFolder(golden, PLAIN, changes));
    expect(await model.embed(texts)).toEqual(await model.embed(texts, { task: "document" }));
  });

  it("cuts to the caller's length", async () => {
    await using model = await load(kindFolder(golden, PLAIN), { maxLength: 5 });
    const [vectors] = await model.embed([texts[3]!], { task: "document" });
    expect(vectors!.length).toBeLessThanOrEqual(5);
  });

  it("computes in int8, near float32", async () => {
    await using model = await load(kindFolder(golden, PLAIN), { dtype: "int8" });
    const [vectors] = await model.embed([texts[3]!], { task: "document", promptName: "document" });
    const drift = worst(flat(vectors!), unpacked(golden.models[PLAIN]!.runs[1]!.rows[3] as string));
    expect(drift).toBeGreaterThan(0);
    expect(drift).toBeLessThan(1);
  });

  it("names settings that are contradictory or unknown", async () => {
    const expansion = { strategy: "fixed", length: 12 };
    const changed = (change: object) => load(kindFolder(golden, PLAIN, { [SENTENCE]: sentence(change) }));
    await expect(changed({ query_length: 8, query_expansion: expansion })).rejects.toThrow(ModelConfigError);
    await expect(changed({ query_expansion: { ...expansion, token: "[NONE]" } })).rejects.toThrow(
      "query_expansion.token",
    );
    await expect(changed({ query_expansion: { ...expansion, strategy: "max" } })).rejects.toThrow(
      MalformedModelFileError,
    );
    await expect(changed({ query_expansion: { ...expansion, length: 0 } })).rejects.toThrow(
      MalformedModelFileError,
    );
  });

  it("says which kind of model another repository has, and what loads it", async () => {
    const embedders = kindGolden("embedders");
    await expect(load(kindFolder(embedders, "static embedding"))).rejects.toThrow("Load it with loadEncoder");
    await expect(loadEncoder({ model: kindFolder(golden, PLAIN) })).rejects.toThrow(
      "Load it with loadMultiVectorEncoder",
    );
    const bare = kindFolder(kindGolden("sparse"), "masked language model without modules.json");
    await expect(load(bare)).rejects.toThrow(ModelKindError);
  });
});

describe("maxSim", () => {
  const vectors = fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 }), {
    maxLength: 6,
  });
  const typed = (rows: number[][]) => rows.map((row) => Float32Array.from(row));

  it("is the sum of each query token's best match, whatever the order of the document's tokens", () => {
    fc.assert(
      fc.property(vectors, vectors, (query, document) => {
        const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
        const best = query.map((a) => (document.length ? Math.max(...document.map((b) => dot(a, b))) : 0));
        const expected = best.reduce((sum, value) => sum + value, 0) + 0;
        expect(maxSim(typed(query), typed(document)) + 0).toBe(expected);
        expect(maxSim(typed(query), typed([...document].reverse())) + 0).toBe(expected);
      }),
    );
  });
});
