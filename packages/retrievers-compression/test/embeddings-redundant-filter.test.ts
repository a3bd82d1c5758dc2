import { describe, expect, it } from "@jest/globals";
import { FakeEmbeddings, RunRecorder } from "@secondpass/test-kit";
import fc from "fast-check";
import { cosineSimilarity } from "../src/cosine-similarity.js";
import { EmbeddingsRedundantFilter } from "../src/embeddings-redundant-filter.js";
import { documentsOf, textsOf } from "./list-retriever.js";

const embeddings = new FakeEmbeddings({
  vectors: { a: [1, 0], "a again": [1, 0.01], b: [0, 1], "b again": [0.01, 1] },
});

describe("EmbeddingsRedundantFilter", () => {
  it("keeps the last of redundant documents, as Python does", async () => {
    const kept = await new EmbeddingsRedundantFilter({ embeddings }).transformDocuments(
      documentsOf("a", "b", "a again", "b again"),
    );
    expect(textsOf(kept)).toEqual(["a again", "b again"]);
  });

  it("keeps the first, if configured: the more relevant one of a ranked list", async () => {
    const filter = new EmbeddingsRedundantFilter({ embeddings, keep: "first" });
    const kept = await filter.transformDocuments(documentsOf("a", "b", "a again", "b again"));
    expect(textsOf(kept)).toEqual(["a", "b"]);
  });

  it("drops nothing if no similarity exceeds the threshold", async () => {
    const filter = new EmbeddingsRedundantFilter({ embeddings, similarityThreshold: 1 });
    expect(await filter.transformDocuments(documentsOf("a", "b"))).toHaveLength(2);
  });

  it("leaves no two documents that are too similar, and drops only documents that are too similar to another", async () => {
    const vector = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 2, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(vector, { maxLength: 10 }),
        fc.constantFrom("first", "last"),
        async (vectors, keep) => {
          const texts = vectors.map((_, index) => `text ${index}`);
          const known = new FakeEmbeddings({
            vectors: Object.fromEntries(texts.map((text, i) => [text, vectors[i] as number[]])),
          });
          const filter = new EmbeddingsRedundantFilter({ embeddings: known, similarityThreshold: 0.9, keep });
          const kept = textsOf(await filter.transformDocuments(documentsOf(...texts))).map((text) =>
            texts.indexOf(text),
          );
          expect(kept).toEqual([...kept].sort((a, b) => a - b));
          const similarity = cosineSimilarity(vectors, vectors);
          const tooSimilar = (a: number, b: number) => a !== b && (similarity[a]?.[b] as number) > 0.9;
          for (const a of kept) for (const b of kept) expect(tooSimilar(a, b)).toBe(false);
          for (const a of texts.keys()) {
            if (!kept.includes(a)) expect([...texts.keys()].some((b) => tooSimilar(a, b))).toBe(true);
          }
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it("does not call the embeddings without documents", async () => {
    const unused = new FakeEmbeddings();
    expect(await new EmbeddingsRedundantFilter({ embeddings: unused }).transformDocuments([])).toEqual([]);
    expect(unused.calls).toEqual([]);
  });

  it("is a Runnable over documents: traced, and ended by a signal", async () => {
    const recorder = new RunRecorder();
    const filter = new EmbeddingsRedundantFilter({ embeddings });
    await filter.invoke(documentsOf("a", "b"), { callbacks: [recorder] });
    expect(recorder.roots).toMatchObject([{ name: "EmbeddingsRedundantFilter" }]);
    const reason = new Error("changed my mind");
    await expect(filter.invoke(documentsOf("a"), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
