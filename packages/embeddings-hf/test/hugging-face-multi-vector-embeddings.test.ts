import { describe, expect, it } from "@jest/globals";
import { kindFolder, kindGolden, unpacked } from "@secondpass/test-kit";
import { HuggingFaceMultiVectorEmbeddings } from "../src/index.js";

const golden = kindGolden("multi-vector");
const texts = golden.cases;
/** Largest difference from PyTorch's float32. */
const TOLERANCE = 1e-4;
const NAME = "multi-vector";

const open = (fields: object = {}) =>
  new HuggingFaceMultiVectorEmbeddings({
    model: kindFolder(golden, NAME),
    threads: 1,
    worker: false,
    ...fields,
  });

describe("HuggingFaceMultiVectorEmbeddings", () => {
  it("computes the vectors of a query's and a document's tokens, and Python's score", async () => {
    await using embeddings = open({ batchSize: 2 });
    const documents = await embeddings.embedDocuments(texts);
    const queries = await Promise.all(texts.map((text) => embeddings.embedQuery(text)));
    const { runs, similarity } = golden.models[NAME]!;
    for (const [found, { rows }] of [
      [queries, runs[0]!],
      [documents, runs[1]!],
    ] as const) {
      for (const [i, row] of rows.entries()) {
        const expected = unpacked(row as string);
        const values = found[i]!.flat();
        expect(values).toHaveLength(expected.length);
        for (const [j, value] of values.entries())
          expect(Math.abs(value - expected[j]!)).toBeLessThan(TOLERANCE);
      }
    }
    const score = await embeddings.score(queries[0]!, documents[3]!);
    expect(Math.abs(score - similarity![0]![3]!)).toBeLessThan(10 * TOLERANCE);
  });

  it("loads nothing for no texts, and checks its fields", async () => {
    await using missing = new HuggingFaceMultiVectorEmbeddings({ model: "/nowhere/at all" });
    expect(await missing.embedDocuments([])).toEqual([]);
    expect(() => open({ batchSize: 0 })).toThrow("batchSize");
  });
});
