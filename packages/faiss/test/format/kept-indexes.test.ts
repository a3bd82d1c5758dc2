import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { readIndex } from "../../src/indexes/read-index.js";
import { indexToBytes } from "../../src/indexes/write-index.js";

/** Indexes that an earlier version wrote, by the script in packages/vectorstore-faiss/test/fixtures/kept. */
const KEPT = join(__dirname, "../fixtures/kept/indexes");

interface KeptIndex {
  readonly name: string;
  readonly kind: string;
  readonly dimensions: number;
  readonly metric: string;
  readonly ntotal: number;
  readonly isTrained: boolean;
  /** For each query, one after the other; labels as decimal text, since JSON has no 64-bit integers. */
  readonly labels: readonly string[];
  readonly distances: readonly number[];
}

const { queries, k, indexes } = JSON.parse(readFileSync(join(KEPT, "expected.json"), "utf8")) as {
  queries: number[][];
  k: number;
  indexes: KeptIndex[];
};

describe("Indexes that an earlier version wrote", () => {
  it.each(indexes)("are read with the same neighbours: $name", async (kept) => {
    const bytes = Uint8Array.from(readFileSync(join(KEPT, `${kept.name}.faiss`)));
    const index = await readIndex(bytes);
    const { kind, dimensions, metric, ntotal, isTrained } = index;
    expect({ ...kept, kind, dimensions, metric, ntotal, isTrained }).toEqual(kept);
    if (isTrained) {
      const found = await index.search(Float32Array.from(queries.flat()), k);
      expect(Array.from(found.labels, String)).toEqual(kept.labels);
      kept.distances.forEach((distance, i) => {
        expect(found.distances[i]).toBeCloseTo(distance, 5);
      });
    }
    expect(await indexToBytes(index)).toEqual(bytes);
    index.dispose();
  });

  it("are all kinds that can be written", () => {
    expect(new Set(indexes.map(({ kind }) => kind))).toEqual(
      new Set(["IndexFlatL2", "IndexFlatIP", "IndexHNSWFlat", "IndexIVFFlat", "IndexIDMap", "IndexIDMap2"]),
    );
  });
});
