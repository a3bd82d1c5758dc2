import { describe, expect, it } from "@jest/globals";
import { FaissError } from "../../src/errors/faiss-error.js";
import { FaissFormatError } from "../../src/errors/faiss-format-error.js";
import { BinaryWriter } from "../../src/format/binary-writer.js";
import { writeHeader } from "../../src/format/index-header.js";
import type { IndexIVFFlat } from "../../src/indexes/ivf/index-ivf-flat.js";
import { readIndex } from "../../src/indexes/read-index.js";
import { indexToBytes } from "../../src/indexes/write-index.js";
import { fixture, golden } from "./golden.js";

/** Hostile values of a size, as 64-bit integers, since most are not exact as JavaScript numbers. */
const SIZES = [-1n, 1n << 20n, 1n << 40n, (1n << 63n) - 1n];

/** An IVF index of one dimension whose lists are at 0, 1, 2…; `filled` have one vector, at the centroid. */
function ivfFile(nlist: number, nprobe: number, filled: readonly number[] = []): Uint8Array {
  const writer = new BinaryWriter();
  const header = (ntotal: number) =>
    writeHeader(writer, { dimensions: 1, ntotal, isTrained: true, metric: "l2" });
  writer.tag("IwFl");
  header(filled.length);
  writer.size(nlist);
  writer.size(nprobe);
  writer.tag("IxF2");
  header(nlist);
  writer.vector(Float32Array.from({ length: nlist }, (_, i) => i));
  writer.u8(0);
  writer.size(0);
  writer.tag("ilar");
  writer.size(nlist);
  writer.size(4);
  writer.tag("sprs");
  writer.vector(BigInt64Array.from(filled.flatMap((list) => [BigInt(list), 1n])));
  for (const list of filled) {
    writer.array(Float32Array.of(list));
    writer.size(list * 10);
  }
  return writer.flush();
}

describe("sizes in a file", () => {
  it.each(golden.cases.map(({ name }) => ({ name })))(
    "allocate no memory before the bytes exist: $name",
    async ({ name }) => {
      const bytes = fixture(name);
      // Places of the structure at the beginning and at the end, where lists and storage are.
      const places = Array.from({ length: 30 }, (_, i) => (i < 24 ? 4 + i * 4 : bytes.length - 8 * (30 - i)));
      for (const place of places.filter((at) => at >= 4 && at + 8 <= bytes.length)) {
        for (const size of SIZES) {
          const damaged = bytes.slice();
          new DataView(damaged.buffer).setBigInt64(place, size, true);
          try {
            const index = await readIndex(damaged);
            await index.search(new Float32Array(index.dimensions).fill(0.5), 2);
          } catch (error) {
            if (!FaissError.isInstance(error)) throw error;
          }
        }
      }
    },
  );

  it("may be of hundreds of thousands of empty lists", async () => {
    const index = (await readIndex(ivfFile(300_000, 4))) as IndexIVFFlat;
    expect(index.nlist).toBe(300_000);
    expect((await index.search(Float32Array.of(3), 1)).labels).toEqual(BigInt64Array.of(-1n));
    const all = await index.search(Float32Array.of(3), 2, { nprobe: 299_999, filter: () => true });
    expect(all.labels).toEqual(BigInt64Array.of(-1n, -1n));
    await index.addWithIds(Float32Array.of(5, 70_000), BigInt64Array.of(7n, 8n));
    expect((await index.search(Float32Array.of(4), 2)).labels).toEqual(BigInt64Array.of(7n, -1n));
    expect((await index.search(Float32Array.of(4), 2, { filter: () => true })).labels).toEqual(
      BigInt64Array.of(7n, 8n),
    );
    expect(index.reconstruct(8n)).toEqual(Float32Array.of(70_000));
    const copy = await readIndex(await indexToBytes(await index.clone()));
    expect((await copy.search(Float32Array.of(4), 2, { nprobe: 300_000 })).labels).toEqual(
      BigInt64Array.of(7n, 8n),
    );
  });

  it("may be of more lists to visit than exist", async () => {
    const index = await readIndex(ivfFile(50, Number.MAX_SAFE_INTEGER, [3, 20, 49]));
    const { labels } = await index.search(Float32Array.of(40), 3);
    expect(labels).toEqual(BigInt64Array.of(490n, 200n, 30n));
  });

  it("are kept for unchanged lists", async () => {
    const index = (await readIndex(ivfFile(50, 50, [3, 20, 49]))) as IndexIVFFlat;
    const before = await index.clone();
    await index.addWithIds(Float32Array.of(20, 21), BigInt64Array.of(1n, 2n));
    expect(await index.removeIds([200n, 30n, 999n])).toBe(2);
    expect(index.ntotal).toBe(3);
    expect((await index.search(Float32Array.of(20), 5)).labels).toEqual(
      BigInt64Array.of(1n, 2n, 490n, -1n, -1n),
    );
    expect((await before.search(Float32Array.of(20), 3)).labels).toEqual(BigInt64Array.of(200n, 30n, 490n));
    expect(Array.from({ length: 3 }, (_, i) => index.reconstructN(i, 1)[0])).toEqual([20, 21, 49]);
  });

  it("throw if lists occur twice or out of order", async () => {
    await expect(readIndex(ivfFile(50, 1, [20, 3]))).rejects.toThrow(FaissFormatError);
    await expect(readIndex(ivfFile(50, 1, [3, 3]))).rejects.toThrow(FaissFormatError);
    await expect(readIndex(ivfFile(50, 1, [50]))).rejects.toThrow(FaissFormatError);
  });

  it("throw for a k whose results fit in no array", async () => {
    const index = await readIndex(fixture("flat_l2"));
    for (const k of [2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER]) {
      await expect(index.search(new Float32Array(index.dimensions), k)).rejects.toMatchObject({
        name: "InvalidArgumentError",
        argument: "k",
      });
    }
  });
});
