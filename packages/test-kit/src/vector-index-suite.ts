import { describe, expect, it } from "@jest/globals";
import { randomVectors } from "./random-vectors.js";

interface SearchOptionsUnderTest {
  readonly filter?: Uint8Array | ((label: bigint) => boolean);
  readonly signal?: AbortSignal;
  readonly nprobe?: number;
  readonly efSearch?: number;
}

interface SearchResultUnderTest {
  readonly distances: Float32Array;
  readonly labels: BigInt64Array;
}

/** The part of a vector index that the suite uses; those of `@secondpass/faiss` fit. */
export interface VectorIndexUnderTest {
  readonly kind: string;
  readonly dimensions: number;
  readonly metric: string;
  readonly ntotal: number;
  readonly isTrained: boolean;
  readonly labelsArePositions?: boolean;
  train(vectors: Float32Array): Promise<void>;
  add(vectors: Float32Array): Promise<void>;
  addWithIds(vectors: Float32Array, ids: BigInt64Array): Promise<void>;
  search(queries: Float32Array, k: number, options?: SearchOptionsUnderTest): Promise<SearchResultUnderTest>;
  reconstruct(label: bigint | number): Float32Array;
  reconstructN(start: number, count: number): Float32Array;
  removeIds(labels: Iterable<bigint | number>): Promise<number>;
  truncate?(count: number): void;
  clone(): Promise<VectorIndexUnderTest>;
  without?(labels: Iterable<number>): Promise<VectorIndexUnderTest>;
  emptyCopy?(): Promise<VectorIndexUnderTest>;
  dispose(): void;
}

export interface VectorIndexSuiteOptions<Index extends VectorIndexUnderTest> {
  /** A trained index of at least 20 vectors; called for each test. */
  readonly create: () => Promise<Index>;
  /** The operations that it supports; each of the others must reject with an UnsupportedOperationError. */
  readonly supports: readonly string[];
  readonly write: (index: Index) => Promise<Uint8Array>;
  readonly read: (bytes: Uint8Array) => Promise<Index>;
}

/** More lists than any index in tests has, so that IVF indexes visit all. */
const ALL_LISTS = { nprobe: 1 << 20 };
/** With this, graph searches keep all nodes. */
const EVERYWHERE = { ...ALL_LISTS, efSearch: 1000 };
const NO_LABEL = -1n;
const UNSUPPORTED = { name: "UnsupportedOperationError" };

/** Tests the laws of all vector indexes. Call it inside a `describe`. */
export function vectorIndexSuite<Index extends VectorIndexUnderTest>({
  create,
  supports,
  write,
  read,
}: VectorIndexSuiteOptions<Index>): void {
  const can = (operation: string) => supports.includes(operation);
  const vectorsFor = ({ dimensions }: VectorIndexUnderTest, rows: number) =>
    randomVectors(rows, dimensions, 7);

  describe("as a vector index", () => {
    it("is trained, and knows its size and metric", async () => {
      const index = await create();
      expect(index.ntotal).toBeGreaterThanOrEqual(20);
      expect(index.dimensions).toBeGreaterThanOrEqual(1);
      expect(index.metric).not.toBe("");
      expect(index.isTrained).toBe(true);
    });

    it("finds k neighbours of each query, best first, and does not change the queries", async () => {
      const index = await create();
      const queries = vectorsFor(index, 3);
      const before = queries.slice();
      const { labels, distances } = await index.search(queries, 5, ALL_LISTS);
      expect([labels.length, distances.length]).toEqual([15, 15]);
      expect(queries).toEqual(before);
      const sign = ["inner_product", "jaccard"].includes(index.metric) ? -1 : 1;
      for (let query = 0; query < 3; query++) {
        const row = Array.from(distances.subarray(query * 5, query * 5 + 5), (distance) => sign * distance);
        expect(row).toEqual(row.toSorted((a, b) => a - b));
        expect(new Set(labels.subarray(query * 5, query * 5 + 5)).size).toBe(5);
      }
    });

    it("finds the same for queries alone, together and at the same time", async () => {
      const index = await create();
      const queries = vectorsFor(index, 3);
      const together = await index.search(queries, 4);
      const alone = await Promise.all(
        [0, 1, 2].map((query) =>
          index.search(queries.slice(query * index.dimensions, (query + 1) * index.dimensions), 4),
        ),
      );
      expect(alone.flatMap(({ labels }) => [...labels])).toEqual([...together.labels]);
      expect(alone.flatMap(({ distances }) => [...distances])).toEqual([...together.distances]);
    });

    it("finds nothing for no queries", async () => {
      expect((await (await create()).search(new Float32Array(0), 3)).labels).toHaveLength(0);
    });

    it("fills the result with label -1 if there are fewer than k vectors", async () => {
      const index = await create();
      const { labels } = await index.search(vectorsFor(index, 1), index.ntotal + 2, ALL_LISTS);
      expect([...labels.slice(-2)]).toEqual([NO_LABEL, NO_LABEL]);
    });

    it("finds only vectors that a filter allows, and k of them", async () => {
      const index = await create();
      const query = vectorsFor(index, 1);
      const found = await index.search(query, 12, ALL_LISTS);
      const allowed = new Set([...found.labels].filter((_, rank) => rank % 2 === 1));
      const { labels } = await index.search(query, 4, { filter: (label) => allowed.has(label) });
      expect([...labels].every((label) => allowed.has(label))).toBe(true);
      const none = await index.search(query, 4, { filter: () => false });
      expect([...none.labels]).toEqual(new Array(4).fill(NO_LABEL));
    });

    it("accepts a bitmap of labels in place of a predicate", async () => {
      const index = await create();
      const query = vectorsFor(index, 1);
      const bitmap = Uint8Array.from({ length: 512 }, (_, i) => (i % 2 === 0 ? 0b10110101 : 0));
      const isSet = (label: bigint) =>
        label >= 0n && label < 4096n && ((bitmap[Number(label) >> 3]! >> (Number(label) & 7)) & 1) === 1;
      expect(await index.search(query, 6, { ...ALL_LISTS, filter: bitmap })).toEqual(
        await index.search(query, 6, { ...ALL_LISTS, filter: isSet }),
      );
    });

    it("rejects queries of another length, queries with NaN, and a k of 0", async () => {
      const index = await create();
      const query = vectorsFor(index, 1);
      await expect(index.search(new Float32Array(index.dimensions + 1), 1)).rejects.toMatchObject({
        name: "DimensionMismatchError",
      });
      await expect(index.search(query.slice().fill(Number.NaN, 0, 1), 1)).rejects.toMatchObject({
        name: "InvalidVectorError",
      });
      await expect(index.search(query, 0)).rejects.toMatchObject({ name: "InvalidArgumentError" });
    });

    it("rejects with the signal's reason if a search was aborted", async () => {
      const index = await create();
      const signal = AbortSignal.abort(new Error("enough"));
      await expect(index.search(vectorsFor(index, 1), 1, { signal })).rejects.toThrow("enough");
    });

    it("makes a complete copy", async () => {
      const index = await create();
      const queries = vectorsFor(index, 2);
      const before = await index.search(queries, 5);
      const { kind, dimensions, metric, ntotal } = index;
      const copy = await index.clone();
      index.dispose();
      expect(copy).toMatchObject({ kind, dimensions, metric, ntotal });
      expect(await copy.search(queries, 5)).toEqual(before);
    });

    it("makes an empty copy to which vectors can be added, if it can", async () => {
      const index = await create();
      if (!can("add")) {
        if (index.emptyCopy === undefined) return;
        return void (await expect(index.emptyCopy()).rejects.toMatchObject(UNSUPPORTED));
      }
      const empty = await index.emptyCopy?.();
      if (empty === undefined) return;
      const { kind, dimensions, metric } = index;
      expect(empty).toMatchObject({ kind, dimensions, metric, ntotal: 0, isTrained: true });
      await empty.add(vectorsFor(index, 3));
      expect(empty.ntotal).toBe(3);
    });

    if (can("reconstruct")) {
      it("returns stored vectors, by label and by position", async () => {
        const index = await create();
        const { labels } = await index.search(vectorsFor(index, 1), 3, ALL_LISTS);
        for (const label of labels) {
          const vector = index.reconstruct(label);
          expect(vector).toHaveLength(index.dimensions);
          expect(vector.every(Number.isFinite)).toBe(true);
        }
        const rows = index.reconstructN(2, 4);
        expect(rows).toHaveLength(4 * index.dimensions);
        if (index.labelsArePositions) {
          for (let i = 0; i < 4; i++) {
            expect(rows.slice(i * index.dimensions, (i + 1) * index.dimensions)).toEqual(
              index.reconstruct(2 + i),
            );
          }
        }
        expect(() => index.reconstruct(2n ** 61n)).toThrow(/Expected/);
        expect(() => index.reconstructN(index.ntotal, 1)).toThrow(/Expected/);
      });
    }

    it(can("add") ? "adds vectors, all or none" : "throws because it cannot add", async () => {
      const index = await create();
      const vectors = vectorsFor(index, 3);
      if (!can("add")) return void (await expect(index.add(vectors)).rejects.toMatchObject(UNSUPPORTED));
      const before = index.ntotal;
      await expect(index.add(vectors.slice().fill(Number.NaN, -1))).rejects.toMatchObject({
        name: "InvalidVectorError",
      });
      expect(index.ntotal).toBe(before);
      await index.add(vectors);
      expect(index.ntotal).toBe(before + 3);
      const isNew = (label: bigint) => label >= before && label < before + 3;
      const { labels } = await index.search(vectors, 3, { ...ALL_LISTS, filter: isNew });
      expect(new Set(labels)).toEqual(new Set([0n, 1n, 2n].map((i) => BigInt(before) + i)));
    });

    it(can("addWithIds") ? "adds vectors with ids" : "throws because it has no ids", async () => {
      const index = await create();
      const vectors = vectorsFor(index, 2);
      const ids = BigInt64Array.of(2n ** 60n, -77n);
      if (!can("addWithIds")) {
        return void (await expect(index.addWithIds(vectors, ids)).rejects.toMatchObject(UNSUPPORTED));
      }
      await index.addWithIds(vectors, ids);
      const isNew = (label: bigint) => ids.includes(label);
      const { labels } = await index.search(vectors, 2, { ...ALL_LISTS, filter: isNew });
      expect(new Set(labels)).toEqual(new Set(ids));
      await expect(index.addWithIds(vectors, ids.subarray(1))).rejects.toMatchObject({
        name: "InvalidArgumentError",
      });
    });

    it(can("removeIds") ? "removes vectors by label" : "throws because it cannot remove", async () => {
      const index = await create();
      const query = vectorsFor(index, 1);
      const { labels } = await index.search(query, 2, ALL_LISTS);
      if (!can("removeIds")) {
        return void (await expect(index.removeIds([...labels])).rejects.toMatchObject(UNSUPPORTED));
      }
      const before = index.ntotal;
      expect(await index.removeIds([...labels, 2n ** 61n])).toBe(2);
      expect(index.ntotal).toBe(before - 2);
      if (index.labelsArePositions !== true) {
        expect((await index.search(query, before, ALL_LISTS)).labels).not.toContain(labels[0]);
      }
      expect(await index.removeIds([2n ** 61n])).toBe(0);
    });

    it("makes a copy without some vectors, if it can, that finds the same as a filter", async () => {
      const index = await create();
      if (index.without === undefined) return;
      const query = vectorsFor(index, 1);
      const { ntotal } = index;
      const all = await index.search(query, ntotal, EVERYWHERE);
      // Ids that the caller chose do not change.
      if (all.labels.some((label) => label < 0n || label >= ntotal)) return;
      const unwanted = [0, 3, 4, ntotal - 1];
      const copy = await index.without(unwanted).catch((error: unknown) => error as Error);
      if (copy instanceof Error) return void expect(copy).toMatchObject(UNSUPPORTED);
      expect([index.ntotal, copy.ntotal]).toEqual([ntotal, ntotal - 4]);
      const filter = (label: bigint) => !unwanted.includes(Number(label));
      const left = await index.search(query, 5, { ...EVERYWHERE, filter });
      const found = await copy.search(query, 5, EVERYWHERE);
      expect([...found.distances]).toEqual([...left.distances]);
      // Removing vectors moves the labels of later ones down.
      const newLabels = new Map(
        Array.from({ length: ntotal }, (_, label) => label)
          .filter((label) => !unwanted.includes(label))
          .map((label, newLabel) => [BigInt(label), BigInt(newLabel)]),
      );
      // Vectors at equal distance may have another order.
      if (new Set(left.distances).size === 5) {
        expect([...found.labels]).toEqual(Array.from(left.labels, (label) => newLabels.get(label)));
      }
    });

    it("drops its last vectors, if it can truncate", async () => {
      const index = await create();
      if (index.truncate === undefined) return;
      index.truncate(2);
      expect(index.ntotal).toBe(2);
      const { labels } = await index.search(vectorsFor(index, 1), 3);
      expect([...labels].sort()).toEqual([NO_LABEL, 0n, 1n]);
    });

    it(
      can("write") ? "writes bytes that are read back unchanged" : "throws because it cannot be written",
      async () => {
        const index = await create();
        if (!can("write")) return void (await expect(write(index)).rejects.toMatchObject(UNSUPPORTED));
        const bytes = await write(index);
        const copy = await read(bytes);
        const queries = vectorsFor(index, 2);
        expect(await copy.search(queries, 5)).toEqual(await index.search(queries, 5));
        expect(await write(copy)).toEqual(bytes);
      },
    );
  });
}
