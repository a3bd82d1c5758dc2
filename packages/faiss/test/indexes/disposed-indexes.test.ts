import { describe, expect, it } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import type { VectorIndex } from "../../src/contract/vector-index.js";
import { IndexDisposedError } from "../../src/errors/index-disposed-error.js";
import { IndexHNSWFlat } from "../../src/indexes/hnsw-flat/index-hnsw-flat.js";
import { IndexIVFFlat } from "../../src/indexes/ivf/index-ivf-flat.js";
import { readIndex } from "../../src/indexes/read-index.js";
import { indexToBytes } from "../../src/indexes/write-index.js";
import { fixture, golden, queries } from "../format/golden.js";

const CASES = golden.cases.filter(({ ntotal }) => ntotal > 0).map(({ name }) => ({ name }));

describe.each(CASES)("$name, disposed", ({ name }) => {
  it("throws for all operations, and does not look like an empty index", async () => {
    const index = await readIndex(fixture(name));
    index.dispose();
    index.dispose();
    await expect(index.search(queries, 3)).rejects.toThrow(IndexDisposedError);
    await expect(index.clone()).rejects.toThrow(IndexDisposedError);
    expect(() => index.reconstructN(0, 1)).toThrow(IndexDisposedError);
    // Kinds that are only read cannot be written anyway.
    await expect(indexToBytes(index)).rejects.toMatchObject({
      name: expect.stringMatching(/^(IndexDisposedError|UnsupportedOperationError)$/),
    });
  });
});

describe("an index that is disposed while it is used", () => {
  const vectors = randomVectors(3000, 16, 1);

  it.each([
    ["hnsw", () => new IndexHNSWFlat(16, { m: 8 })],
    ["ivf", () => new IndexIVFFlat(16, { nlist: 8 })],
  ] as const)("ends all calls: %s", async (_, create) => {
    const index: VectorIndex = create();
    await index.train(vectors);
    await index.add(vectors);
    const before = await index.search(vectors.subarray(0, 64), 2);
    const search = index.search(vectors.subarray(0, 64), 2);
    const calls = [search, index.clone(), indexToBytes(index), index.prepareReconstruct?.()];
    await Promise.resolve();
    index.dispose();
    for (const call of await Promise.allSettled(calls)) {
      if (call.status === "rejected") expect(call.reason).toBeInstanceOf(IndexDisposedError);
    }
    const found = await search.catch(() => before);
    expect(found).toEqual(before);
    const other = create();
    await other.train(vectors);
    const adding = other.add(vectors);
    await new Promise((resolve) => setImmediate(resolve));
    other.dispose();
    await expect(adding).rejects.toThrow(IndexDisposedError);
    await expect(index.add(vectors)).rejects.toThrow(IndexDisposedError);
  });
});
