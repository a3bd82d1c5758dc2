import { describe, expect, it } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import { IndexFlatL2 } from "../../../src/indexes/flat/index-flat.js";
import { IndexIVFFlat } from "../../../src/indexes/ivf/index-ivf-flat.js";

const DIMENSIONS = 12;
const vectors = randomVectors(600, DIMENSIONS, 1);
const queries = randomVectors(10, DIMENSIONS, 2);

async function trained(nlist = 16): Promise<IndexIVFFlat> {
  const index = new IndexIVFFlat(DIMENSIONS, { nlist });
  await index.train(vectors);
  return index;
}

describe("IndexIVFFlat", () => {
  it("finds the same as a flat index if all lists are visited", async () => {
    const index = await trained();
    const flat = new IndexFlatL2(DIMENSIONS);
    await index.add(vectors);
    await flat.add(vectors);
    expect(await index.search(queries, 10, { nprobe: 16 })).toEqual(await flat.search(queries, 10));
  });

  it("spreads vectors over all lists", async () => {
    const index = await trained();
    await index.add(vectors);
    expect(
      Math.min(...Array.from({ length: index.nlist }, (_, list) => index.lists.get(list)?.length ?? 0)),
    ).toBeGreaterThan(5);
  });

  it("trains the same centroids from the same vectors and seed", async () => {
    const [first, second] = [await trained(), await trained()];
    expect(first.quantizer.reconstructN(0, 16)).toEqual(second.quantizer.reconstructN(0, 16));
  });

  it("works with fewer different vectors than lists", async () => {
    const index = new IndexIVFFlat(2, { nlist: 8, nprobe: 8 });
    const few = Float32Array.from({ length: 40 }, (_, i) => (i >> 1) % 3);
    await index.train(few);
    await index.add(few);
    expect((await index.search(Float32Array.of(2, 2), 3)).distances.every((d) => d === 0)).toBe(true);
  });

  it("visits further lists until k vectors pass a filter", async () => {
    const index = await trained();
    await index.add(vectors);
    const { labels } = await index.search(queries, 4, { nprobe: 1, filter: (label) => label % 100n === 0n });
    expect([...labels].every((label) => label >= 0n && label % 100n === 0n)).toBe(true);
  });

  it("keeps the caller's ids, and finds vectors by them", async () => {
    const index = await trained();
    const ids = BigInt64Array.from({ length: 600 }, (_, i) => 2n ** 60n + BigInt(i));
    await index.addWithIds(vectors, ids);
    expect(index.reconstruct(2n ** 60n + 5n)).toEqual(vectors.slice(5 * DIMENSIONS, 6 * DIMENSIONS));
    expect(await index.removeIds([2n ** 60n + 5n])).toBe(1);
    expect(() => index.reconstruct(2n ** 60n + 5n)).toThrow("id of a stored vector");
  });

  it("finds vectors by their ids after every change, prepared or not", async () => {
    const index = await trained();
    await index.prepareReconstruct();
    await index.add(vectors);
    const rowOf = (i: number) => vectors.slice(i * DIMENSIONS, (i + 1) * DIMENSIONS);
    expect(index.reconstruct(599)).toEqual(rowOf(599));
    await index.removeIds([0, 7n, 598, 10_000]);
    await index.prepareReconstruct();
    for (const i of [1, 8, 300, 599]) expect(index.reconstruct(i)).toEqual(rowOf(i));
    expect(() => index.reconstruct(598)).toThrow("id of a stored vector");
    await index.addWithIds(rowOf(7), BigInt64Array.of(598n));
    expect(index.reconstruct(598)).toEqual(rowOf(7));
    expect((await index.search(rowOf(7), 1, { nprobe: 16 })).labels[0]).toBe(598n);
  });

  it("lets the event loop run while it prepares and removes", async () => {
    const index = new IndexIVFFlat(1, { nlist: 1 });
    await index.train(Float32Array.of(0));
    await index.add(new Float32Array(200_000));
    for (const work of [() => index.prepareReconstruct(), () => index.removeIds([5])]) {
      let turns = 0;
      const timer = setInterval(() => turns++, 1);
      await work();
      clearInterval(timer);
      expect(turns).toBeGreaterThan(0);
    }
  });

  it("throws for vectors before training, and for training with too few", async () => {
    const index = new IndexIVFFlat(DIMENSIONS, { nlist: 16 });
    await expect(index.add(vectors)).rejects.toThrow("train");
    await expect(index.train(vectors.subarray(0, 3 * DIMENSIONS))).rejects.toThrow("at least nlist (16)");
  });
});
