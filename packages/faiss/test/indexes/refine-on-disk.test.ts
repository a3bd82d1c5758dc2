import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { randomVectors, vectorIndexSuite } from "@secondpass/test-kit";
import * as fc from "fast-check";
import type { VectorIndex } from "../../src/contract/vector-index.js";
import { createIndex, readIndex, readIndexFile, writeIndexFile } from "../../src/index.js";
import type { IndexRefineFlat } from "../../src/indexes/index-refine-flat.js";
import { indexToBytes } from "../../src/indexes/write-index.js";
import { fixture, fixturePath, queries as pythonQueries } from "../format/golden.js";

const DIMENSIONS = 12;
const COUNT = 200;
const vectors = randomVectors(COUNT, DIMENSIONS, 3);
const OPTION = { kind: "ivf-rabitq", nlist: 4, nprobe: 4, rerank: 8 } as const;

let folder: string;
let path: string;
let bytes: Uint8Array;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "refine-"));
  path = join(folder, "refined.faiss");
  const index = await filled("l2");
  await writeIndexFile(path, index);
  bytes = await indexToBytes(index);
  index.dispose();
});
afterAll(() => rm(folder, { recursive: true }));

async function filled(metric: "l2" | "inner_product", rows?: "memory"): Promise<VectorIndex> {
  const option = { ...OPTION, ...(rows === undefined ? { rowsFolder: folder } : { rows }) };
  const index = createIndex(option, { dimensions: DIMENSIONS, metric });
  await index.train(vectors);
  for (let start = 0; start < COUNT; start += 64)
    await index.add(vectors.subarray(start * DIMENSIONS, (start + 64) * DIMENSIONS));
  return index;
}

let written = 0;
async function readOnDisk(file: Uint8Array): Promise<VectorIndex> {
  const place = join(folder, `${written++}.faiss`);
  await writeFile(place, file);
  return readIndexFile(place, { rowsOnDisk: true });
}

describe("codes whose vectors are on disk", () => {
  vectorIndexSuite({
    create: () => readIndexFile(path, { rowsOnDisk: true }),
    supports: ["train", "add", "reconstruct", "write"],
    write: indexToBytes,
    read: readOnDisk,
  });

  it.each(["l2", "inner_product"] as const)(
    "find the same by %s as with vectors in memory",
    async (metric) => {
      const [onDisk, inMemory] = [await filled(metric), await filled(metric, "memory")];
      const file = await readOnDisk(await indexToBytes(onDisk));
      expect(await indexToBytes(inMemory)).toEqual(await indexToBytes(onDisk));
      const searches = fc.record({
        k: fc.integer({ min: 1, max: 250 }),
        count: fc.integer({ min: 0, max: 4 }),
        nprobe: fc.integer({ min: 1, max: 4 }),
        divisor: fc.integer({ min: 1, max: 5 }),
        seed: fc.nat({ max: 1000 }),
      });
      await fc.assert(
        fc.asyncProperty(searches, async ({ k, count, nprobe, divisor, seed }) => {
          const queries = randomVectors(count, DIMENSIONS, seed);
          const options = { nprobe, filter: (label: bigint) => label % BigInt(divisor) === 0n };
          const expected = await inMemory.search(queries, k, options);
          for (const each of [onDisk, file]) expect(await each.search(queries, k, options)).toEqual(expected);
        }),
        { numRuns: 25 },
      );
      for (const index of [onDisk, file, inMemory]) index.dispose();
    },
  );

  it.each(["refine_l2", "refine_ip"])("are read from Python's file: %s", async (name) => {
    const onDisk = await readIndexFile(fixturePath(name), { rowsOnDisk: true });
    const inMemory = await readIndex(fixture(name));
    expect((onDisk as IndexRefineFlat).kind).toBe(inMemory.kind);
    expect(await onDisk.search(pythonQueries, 7)).toEqual(await inMemory.search(pythonQueries, 7));
    expect(await indexToBytes(onDisk)).toEqual(fixture(name));
    onDisk.dispose();
  });

  it("can be changed and written over their own file", async () => {
    const place = join(folder, "changed.faiss");
    await writeFile(place, bytes);
    const index = await readIndexFile(place, { rowsOnDisk: true });
    const added = randomVectors(3, DIMENSIONS, 8);
    await index.add(added);
    const smaller = await index.without!([0, COUNT]);
    index.dispose();
    await writeIndexFile(place, smaller);
    const { labels } = await smaller.search(added, 1, { nprobe: 4 });
    expect([...labels].slice(1)).toEqual([BigInt(COUNT - 1), BigInt(COUNT)]);
    const again = await readIndexFile(place, { rowsOnDisk: true });
    expect(again.ntotal).toBe(COUNT + 1);
    expect(await again.search(added, 5)).toEqual(await smaller.search(added, 5));
    for (const each of [again, smaller]) each.dispose();
  });

  it("do not change if adding fails", async () => {
    const index = await filled("l2");
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(index.add(vectors, { signal })).rejects.toThrow("enough");
    expect(index.ntotal).toBe(COUNT);
    const nowhere = { ...OPTION, rowsFolder: join(folder, "missing") };
    const full = createIndex(nowhere, { dimensions: DIMENSIONS, metric: "l2" });
    await full.train(vectors);
    await expect(full.add(vectors)).rejects.toMatchObject({ name: "FileWriteError" });
    expect([full.ntotal, (full as IndexRefineFlat).base.ntotal]).toEqual([0, 0]);
    index.dispose();
  });

  it("leave no file open if it is damaged", async () => {
    if (process.platform !== "linux") return;
    const place = join(folder, "damaged.faiss");
    await writeFile(place, bytes.slice(0, -1));
    const opened = async () => (await readdir("/proc/self/fd")).length;
    const before = await opened();
    for (let i = 0; i < 5; i++)
      await expect(readIndexFile(place, { rowsOnDisk: true })).rejects.toMatchObject({
        name: "FaissFormatError",
      });
    expect(await opened()).toBeLessThanOrEqual(before);
  });

  it("throw for invalid options", async () => {
    const target = { dimensions: DIMENSIONS, metric: "l2" } as const;
    expect(() => createIndex({ ...OPTION, rerank: 1001 }, target)).toThrow(
      "`rerank` to be a whole number from 1 to 1000",
    );
    expect(() => createIndex({ ...OPTION, rows: "tape" as "disk" }, target)).toThrow('"disk"');
    expect(() => createIndex({ kind: "ivf-rabitq", rows: "disk" }, target)).toThrow("`rerank`");
    await expect(readIndex(bytes, { rowsOnDisk: true })).rejects.toThrow("readIndexFile");
    await expect(readIndexFile(path, { rowsOnDisk: 1 as never })).rejects.toThrow("`rowsOnDisk`");
    await expect(readIndexFile(path, { rows: true } as never)).rejects.toMatchObject({
      name: "UnknownOptionError",
    });
    for (const wrong of ["", 7])
      await expect(writeIndexFile(wrong as string, {} as VectorIndex)).rejects.toThrow("`path`");
  });
});
