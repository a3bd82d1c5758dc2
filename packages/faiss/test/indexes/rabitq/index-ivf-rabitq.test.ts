import { describe, expect, it } from "@jest/globals";
import { randomVectors, vectorIndexSuite } from "@secondpass/test-kit";
import type { VectorIndex } from "../../../src/contract/vector-index.js";
import { createIndex } from "../../../src/indexes/create-index.js";
import { IndexFlat } from "../../../src/indexes/flat/index-flat.js";
import { IndexIVFRaBitQ } from "../../../src/indexes/rabitq/index-ivf-rabitq.js";
import { readIndex } from "../../../src/indexes/read-index.js";
import { indexToBytes } from "../../../src/indexes/write-index.js";
import { kindCases } from "../../format/kind-cases.js";

const DIMENSIONS = 24;
const COUNT = 300;
const vectors = randomVectors(COUNT, DIMENSIONS, 3);
const queries = randomVectors(20, DIMENSIONS, 4);

async function made(bits: number, metric: "l2" | "inner_product"): Promise<VectorIndex> {
  const option = { kind: "ivf-rabitq", nlist: 8, nprobe: 8, bits } as const;
  const index = createIndex(option, { dimensions: DIMENSIONS, metric });
  await index.train(vectors);
  await index.add(vectors);
  return index;
}

/** Share of the ten nearest of each query that an index finds. */
async function recall(index: VectorIndex): Promise<number> {
  const exact = new IndexFlat(DIMENSIONS, index.metric);
  await exact.add(vectors);
  const { labels: right } = await exact.search(queries, 10);
  const { labels } = await index.search(queries, 10);
  let found = 0;
  for (let start = 0; start < right.length; start += 10) {
    const nearest = new Set(right.subarray(start, start + 10));
    for (const label of labels.subarray(start, start + 10)) if (nearest.has(label)) found++;
  }
  return found / right.length;
}

describe.each(["l2", "inner_product"] as const)("made here, by %s", (metric) => {
  it("finds more with more bits", async () => {
    const [few, some, many] = [
      await recall(await made(1, metric)),
      await recall(await made(4, metric)),
      await recall(await made(9, metric)),
    ];
    expect(few).toBeGreaterThan(0.3);
    expect(some).toBeGreaterThan(Math.max(few, 0.75));
    expect(many).toBeGreaterThan(0.95);
  });
});

it.each([1, 4])("finds the same after changes, searched before or not: %d bits", async (bits) => {
  const [searched, other] = [await made(bits, "l2"), await made(bits, "l2")];
  const change = async (index: VectorIndex, search: boolean) => {
    if (search) await index.search(queries, 10);
    await index.add(queries);
    if (search) await index.search(queries, 10);
    await index.removeIds([3n, 4n, BigInt(COUNT)]);
    return index.search(queries, 10);
  };
  expect(await change(searched, true)).toEqual(await change(other, false));
});

describe("after a rotation", () => {
  const trained = made(4, "l2");
  vectorIndexSuite({
    create: async () => (await trained).clone(),
    supports: ["train", "add", "addWithIds", "removeIds", "reconstruct", "write"],
    write: indexToBytes,
    read: readIndex,
  });

  it("has a fraction of the bytes of its vectors", async () => {
    const bytes = await indexToBytes(await made(1, "l2"));
    expect(bytes.length).toBeLessThan((COUNT * DIMENSIONS * 4) / 2.5);
  });
});

it("encodes vectors as faiss does", async () => {
  const fileOf = (wanted: string) => kindCases.find(({ name }) => name === wanted)!.bytes;
  const given = (await readIndex(fileOf("IVF4,RaBitQ4 l2"))) as IndexIVFRaBitQ;
  const stored = await readIndex(fileOf("Flat l2"));
  const index = await given.emptyCopy();
  await index.add(stored.reconstructN(0, stored.ntotal));
  const { codeSize } = given.codec;
  let [compared, same] = [0, 0];
  for (let list = 0; list < given.nlist; list++) {
    const [ours, theirs] = [index.lists.get(list)!, given.lists.get(list)!];
    expect([...ours.ids.view()]).toEqual([...theirs.ids.view()]);
    for (let start = 0; start < ours.length * codeSize; start += codeSize) {
      const [code, expected] = [ours, theirs].map(({ codes }) => codes.slice(start, start + codeSize)) as [
        Uint8Array,
        Uint8Array,
      ];
      // Signs, three factors, sizes, two factors of the sizes.
      expect(code.slice(0, 2)).toEqual(expected.slice(0, 2));
      for (const at of [2, 6, 10]) {
        const [factor, theirFactor] = [code, expected].map((each) =>
          new DataView(each.buffer).getFloat32(at, true),
        );
        expect(factor! / theirFactor!).toBeCloseTo(1, 5);
      }
      compared++;
      if (code.slice(14, 20).every((byte, i) => byte === expected[14 + i])) same++;
    }
  }
  expect(compared).toBe(stored.ntotal);
  // The last bit of a norm, which faiss sums in another order, may decide between equally good scales.
  expect(same).toBeGreaterThanOrEqual(0.9 * compared);
});

it("throws for invalid options, and for too few vectors", async () => {
  expect(() => new IndexIVFRaBitQ(8, { bits: 10 })).toThrow(/`bits`.*10/);
  expect(() => new IndexIVFRaBitQ(8, { queryBits: 9 })).toThrow(/`queryBits`.*9/);
  const index = new IndexIVFRaBitQ(8, { nlist: 4 });
  await expect(index.train(new Float32Array(24))).rejects.toMatchObject({ name: "InvalidArgumentError" });
  await expect(index.add(new Float32Array(8))).rejects.toMatchObject({ name: "UnsupportedOperationError" });
});
