import { describe, expect, it } from "@jest/globals";
import type { SearchResult } from "../../src/contract/search-result.js";
import { readIndexFile } from "../../src/files/read-index-file.js";
import { IndexFlatL2 } from "../../src/indexes/flat/index-flat.js";
import { readIndex } from "../../src/indexes/read-index.js";
import { indexToBytes } from "../../src/indexes/write-index.js";
import { type Found, fixture, fixturePath, golden, queries } from "./golden.js";

/** faiss sums in float32, in another order, and decodes some codes in float32: seen up to 4e-6 of the distance. */
const TOLERANCE = 2e-5;

/** Files that this package writes; byte for byte as faiss does, except for hashtable direct maps. */
const WRITTEN = /^(flat|idmap2?|hnsw|ivfflat|empty|untrained)_|^idmap2_hnsw$/;

function expectFound({ labels, distances }: SearchResult, expected: Found): void {
  const k = expected.labels[0]!.length;
  expected.labels.forEach((row, query) => {
    row.forEach((label, rank) => {
      const near = expected.distances[query]!;
      const distance = distances[query * k + rank]!;
      const scale = Math.max(1, Math.abs(near[rank]!));
      expect(Math.abs(distance - near[rank]!) / scale).toBeLessThan(TOLERANCE);
      // Codes may tie, and faiss orders ties differently; the last may tie with one beyond k.
      const ties = (other: number | undefined) =>
        other === undefined || Math.abs(near[rank]! - other) < TOLERANCE * scale;
      const isTied = ties(near[rank - 1] ?? Infinity) || ties(near[rank + 1]);
      if (!isTied) expect(`${query}/${rank}: ${labels[query * k + rank]}`).toBe(`${query}/${rank}: ${label}`);
    });
  });
}

describe("FAISS files", () => {
  for (const expected of golden.cases) {
    it(`reads ${expected.name} and finds the same as faiss`, async () => {
      const index = await readIndex(fixture(expected.name));
      expect(index.ntotal).toBe(expected.ntotal);
      expect(index.isTrained).toBe(expected.isTrained);
      expect(index.dimensions).toBe(golden.dimensions);
      if (expected.labels === undefined) return;
      expectFound(await index.search(queries, golden.k), expected as Found);
    });
  }

  for (const { name } of golden.cases.filter((entry) => WRITTEN.test(entry.name))) {
    it(`writes ${name} byte for byte as faiss does`, async () => {
      const bytes = fixture(name);
      const written = await indexToBytes(await readIndex(bytes));
      expect(Buffer.compare(written, bytes)).toBe(0);
    });

    it(`copies ${name} completely`, async () => {
      const bytes = fixture(name);
      const index = await readIndex(bytes);
      const copy = await index.clone();
      index.dispose();
      expect(Buffer.compare(await indexToBytes(copy), bytes)).toBe(0);
    });
  }

  it("reads kinds under faiss's names", async () => {
    for (const { name, kind } of golden.cases) {
      const index = await readIndex(fixture(name));
      const expected = kind === "IndexFlat" ? /^IndexFlat(L2|IP)$/ : new RegExp(`^${kind}$`);
      expect(index.kind).toMatch(kind === "IndexRefine" ? /IndexRefineFlat/ : expected);
    }
  });

  for (const { kind, name } of golden.unsupported) {
    it(`throws for ${kind} with its name`, async () => {
      await expect(readIndex(fixture(name))).rejects.toMatchObject({ name: "UnsupportedIndexError", kind });
    });
  }

  for (const [name, expected] of Object.entries(golden.removals)) {
    it(`removes from ${name} as faiss does`, async () => {
      const index = await readIndex(fixture(name));
      expect(await index.removeIds(expected.ids.map(BigInt))).toBe(expected.removed);
      expect(index.ntotal).toBe(expected.ntotal);
      expectFound(await index.search(queries, golden.k), expected);
    });
  }

  it("fills up with -1 if there are fewer than k vectors", async () => {
    const index = await readIndex(fixture("ivfflat_sparse"));
    const { labels, distances } = await index.search(queries, 12);
    expect([...labels].map(String)).toEqual(golden.beyond.labels.flat());
    golden.beyond.distances.flat().forEach((distance, i) => {
      expect(distances[i]! / distance).toBeCloseTo(1, 5);
    });
  });

  it("appends another index's vectors as faiss's merge_from does, without changing the source", async () => {
    const all = await readIndex(fixture("flat_l2"));
    const [first, second] = [new IndexFlatL2(16), new IndexFlatL2(16)];
    await first.add(all.reconstructN(0, 50));
    await second.add(all.reconstructN(50, 70));
    await first.add(second.reconstructN(0, second.ntotal));
    expect(first.ntotal).toBe(golden.merge.ntotal);
    expect(second.ntotal).toBe(70);
    expectFound(await first.search(queries, golden.k), golden.merge);
  });

  it("reads the same from a file in pieces as from bytes", async () => {
    for (const name of ["flat_l2", "idmap2_hnsw", "opq"]) {
      const fromFile = await readIndexFile(fixturePath(name));
      const fromBytes = await readIndex(fixture(name));
      expect(await fromFile.search(queries, 5)).toEqual(await fromBytes.search(queries, 5));
    }
  });
});
