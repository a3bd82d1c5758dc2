import { afterAll, describe, expect, it } from "@jest/globals";
import { kindFolder, kindGolden, unpacked } from "@secondpass/test-kit";
import fc from "fast-check";
import { HuggingFaceSparseEmbeddings, type SparseEmbedding, sparseSimilarity } from "../src/index.js";

const golden = kindGolden("sparse");
const texts = golden.cases;
/** Largest difference from PyTorch's float32. */
const TOLERANCE = 1e-4;
const ROUTED = "splade whose queries need no inference";

const opened: HuggingFaceSparseEmbeddings[] = [];
const open = (name: string, fields: object = {}) => {
  const model = kindFolder(golden, name);
  const embeddings = new HuggingFaceSparseEmbeddings({ model, threads: 1, worker: false, ...fields });
  opened.push(embeddings);
  return embeddings;
};
afterAll(() => Promise.all(opened.map((embeddings) => embeddings.dispose())));

describe("HuggingFaceSparseEmbeddings", () => {
  it("computes the vectors of the routes of queries and documents, and Python's similarity", async () => {
    const { runs, similarity } = golden.models[ROUTED]!;
    const embeddings = open(ROUTED);
    const documents = await embeddings.embedDocuments(texts);
    const queries = await Promise.all(texts.map((text) => embeddings.embedQuery(text)));
    for (const [vectors, run] of [
      [queries, runs[0]!],
      [documents, runs[1]!],
    ] as const) {
      for (const [i, row] of run.rows.entries()) {
        const { indices, values } = row as { indices: string; values: string };
        expect(vectors[i]!.indices.join(" ")).toBe(indices);
        const expected = unpacked(values);
        for (const [j, value] of vectors[i]!.values.entries())
          expect(Math.abs(value - expected[j]!)).toBeLessThan(TOLERANCE);
      }
    }
    for (const [q, row] of similarity!.entries()) {
      for (const [d, value] of row.entries()) {
        expect(Math.abs(sparseSimilarity(queries[q]!, documents[d]!) - value)).toBeLessThan(10 * TOLERANCE);
      }
    }
  });

  it("uses the prompt of the role by default, and limits the active dimensions", async () => {
    const { runs } = golden.models.splade!;
    const query = await open("splade").embedQuery(texts[0]!);
    expect(query.indices.join(" ")).toBe((runs[1]!.rows[0] as { indices: string }).indices);
    const [few] = await open("splade", { maxActiveDims: 7, batchSize: 2 }).embedDocuments(texts);
    expect(few!.indices.join(" ")).toBe((runs[2]!.rows[0] as { indices: string }).indices);
    const own = await open("splade", { prompts: { query: "" } }).embedQuery(texts[0]!);
    expect(own.indices.join(" ")).toBe((runs[0]!.rows[0] as { indices: string }).indices);
  });

  it("decodes vectors, and embeds nothing without loading", async () => {
    const embeddings = open("splade");
    const vector = await embeddings.embedQuery(texts[0]!);
    const [first] = await embeddings.decode(vector, 1);
    expect(first![1]).toBe(Math.max(...vector.values));
    const missing = new HuggingFaceSparseEmbeddings({ model: "/nowhere/at all" });
    expect(await missing.embedDocuments([])).toEqual([]);
    await expect(missing.embedQuery("a")).rejects.toThrow();
    expect(() => new HuggingFaceSparseEmbeddings({ model: "a", maxActiveDims: 0 })).toThrow("maxActiveDims");
  });
});

describe("sparseSimilarity", () => {
  const vector = fc.uniqueArray(fc.nat(30)).map((places): SparseEmbedding => {
    const indices = places.sort((a, b) => a - b);
    return { indices, values: indices.map((place) => place - 10) };
  });
  const dense = ({ indices, values }: SparseEmbedding) => {
    const all = new Array<number>(31).fill(0);
    for (const [i, place] of indices.entries()) all[place] = values[i]!;
    return all;
  };

  it("is the dot product of the dense vectors", () => {
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const other = dense(b);
        expect(sparseSimilarity(a, b)).toBe(
          dense(a).reduce((sum, value, i) => sum + value * other[i]!, 0) + 0,
        );
      }),
    );
  });
});
