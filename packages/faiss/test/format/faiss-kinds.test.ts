import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import type { SearchResult } from "../../src/contract/search-result.js";
import type { VectorIndex } from "../../src/contract/vector-index.js";
import { readIndex } from "../../src/indexes/read-index.js";
import { indexToBytes } from "../../src/indexes/write-index.js";
import {
  efSearch,
  type FoundByFaiss,
  type KindCase,
  k,
  kindCases,
  otherKindCases,
  removed,
  removedIds,
} from "./kind-cases.js";

/** faiss sums in float32, in another order, and decodes some codes in float32: seen up to 4e-5 of the distance. */
const TOLERANCE = 1e-4;

const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Kinds whose bytes depend on faiss's machine or on uninitialised memory: their search results are compared instead. */
const OTHER_BYTES: Readonly<Record<"written" | "added" | "removed", RegExp>> = {
  // Sums over the rest of a vector, in the order of faiss's vector registers.
  written: /Panorama/,
  // The same, and sums of matrix products and norms, levels of graph nodes, and the order of a hash table.
  added: /Panorama|IndexPreTransform|HNSW|Dedup|RaBitQ|SQtq\d|_tq$/,
  // faiss leaves the codes of removed vectors in the last block.
  removed: /Panorama|FastScan|Dedup/,
};

function expectFound({ labels, distances }: SearchResult, expected: FoundByFaiss): void {
  const close = (a: number, b: number) => Math.abs(a - b) <= TOLERANCE * (1 + Math.abs(b));
  for (let start = 0; start < expected.labels.length; start += k) {
    const row = expected.labels.subarray(start, start + k);
    const near = expected.distances.subarray(start, start + k);
    row.forEach((label, rank) => {
      const [found, distance] = [Number(labels[start + rank]), distances[start + rank]!];
      const place = { query: start / k, rank };
      expect({ ...place, distance: close(distance, near[rank]!) ? near[rank] : distance }).toEqual({
        ...place,
        distance: near[rank],
      });
      if (found === label) return;
      // faiss orders ties differently; the last may tie with one beyond k.
      const at = row.indexOf(found);
      const isTied = close(distance, at < 0 ? near.at(-1)! : near[at]!);
      expect({ ...place, found, isTied }).toEqual({ ...place, found, isTied: true });
    });
  }
}

const isMap = ({ name }: KindCase) => name.startsWith("IDMap");

function addTo(index: VectorIndex, expected: KindCase): Promise<void> {
  if (!isMap(expected)) return index.add(expected.added);
  const count = expected.added.length / index.dimensions;
  return index.addWithIds(
    expected.added,
    BigInt64Array.from({ length: count }, (_, i) => BigInt(1000 + i)),
  );
}

describe.each(kindCases.map((expected) => ({ title: `${expected.kind}: ${expected.name}`, expected })))(
  "$title",
  ({ expected }) => {
    const { kind, bytes, queries, afterAdd, afterRemove } = expected;
    const made = `${kind} ${expected.name}`;

    it("is searched as in faiss, and has faiss's class name", async () => {
      const index = await readIndex(bytes);
      expect(index.ntotal).toBe(expected.ntotal);
      expect(index.kind.replace(/^IndexFlat(L2|IP)$/, "IndexFlat")).toBe(kind);
      expectFound(await index.search(queries, k), expected);
    });

    it("is written as faiss does", async () => {
      const written = await indexToBytes(await readIndex(bytes));
      if (!OTHER_BYTES.written.test(made)) expect(Buffer.compare(written, bytes)).toBe(0);
      expect(written).toHaveLength(bytes.length);
      expectFound(await (await readIndex(written)).search(queries, k), expected);
      expect(Buffer.compare(await indexToBytes(await readIndex(written)), written)).toBe(0);
    });

    it("adds vectors as faiss does", async () => {
      const index = await readIndex(bytes);
      if (afterAdd === null) {
        await expect(addTo(index, expected)).rejects.toMatchObject({ name: "UnsupportedOperationError" });
        return;
      }
      await addTo(index, expected);
      expect(index.ntotal).toBe(afterAdd.ntotal);
      const written = await indexToBytes(index);
      if (!OTHER_BYTES.added.test(made)) expect(digest(written)).toBe(afterAdd.sha256);
      expectFound(await (await readIndex(written)).search(queries, k, { efSearch }), afterAdd);
    });

    it("removes vectors as faiss does", async () => {
      const index = await readIndex(bytes);
      const ids = isMap(expected) ? removedIds : removed;
      if (afterRemove === null) {
        await expect(index.removeIds(ids)).rejects.toMatchObject({ name: "UnsupportedOperationError" });
        return;
      }
      expect(await index.removeIds(ids)).toBe(ids.length);
      // Not faiss's own count, which omits vectors with other ids.
      expect(index.ntotal).toBe(expected.ntotal - ids.length);
      const written = await indexToBytes(index);
      if (!OTHER_BYTES.removed.test(made)) expect(digest(written)).toBe(afterRemove.sha256);
      expectFound(await (await readIndex(written)).search(queries, k), afterRemove);
    });
  },
);

it.each(otherKindCases.map(({ kind, name, head }) => ({ kind, name, head })))(
  "names a kind that it does not read: $kind: $name",
  async ({ kind, head }) => {
    await expect(readIndex(head)).rejects.toMatchObject({
      name: "UnsupportedIndexError",
      kind: expect.stringMatching(`${kind}|Quantizer`),
    });
  },
);
