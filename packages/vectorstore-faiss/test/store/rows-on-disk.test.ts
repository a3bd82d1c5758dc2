import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { IndexRefineFlat } from "@secondpass/faiss";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { FaissStore } from "../../src/faiss-store.js";

const embeddings = new FakeEmbeddings({ dimensions: 16 });
const COUNT = 150;
const documentsOf = (first: number, count: number) =>
  Array.from(
    { length: count },
    (_, i) =>
      new Document({ id: `id ${first + i}`, pageContent: `text ${first + i}`, metadata: { n: first + i } }),
  );
const isOnDisk = ({ index }: FaissStore) => index instanceof IndexRefineFlat && index.rowsOnDisk;
const idsOf = (found: readonly [Document, number][]) => found.map(([{ id }, score]) => [id, score]);

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "rows-on-disk-"));
});
afterAll(() => rm(root, { recursive: true }));

async function made(rows: "disk" | "memory") {
  const folder = rows === "disk" ? { rowsFolder: root } : {};
  const index = { kind: "ivf-rabitq", nlist: 3, nprobe: 3, rerank: 12, rows, ...folder } as const;
  return FaissStore.fromDocuments(documentsOf(0, COUNT), embeddings, { index, distanceStrategy: "cosine" });
}

describe.each([
  ["save", "load"],
  ["saveForPython", "loadFromPython"],
] as const)("a store with vectors on disk, by %s", (save, load) => {
  it("finds the same as with vectors in memory, after saves, loads and changes", async () => {
    const folder = join(root, save);
    let [onDisk, inMemory] = [await made("disk"), await made("memory")];
    for (let round = 0; round < 3; round++) {
      for (const store of [onDisk, inMemory]) {
        await store.addDocuments(documentsOf(COUNT + 10 * round, 10));
        await store.delete({ ids: [`id ${round}`, `id ${COUNT + 10 * round + 3}`] });
      }
      const queries = ["text 0", "text 77", `text ${COUNT + 10 * round + 4}`];
      const search = (store: FaissStore) =>
        Promise.all(queries.map(async (text) => idsOf(await store.similaritySearchWithScore(text, 7))));
      const expected = await search(inMemory);
      expect(expected[1]![0]).toEqual(["id 77", expect.closeTo(1, 6)]);
      expect(await search(onDisk)).toEqual(expected);
      await onDisk[save](folder);
      expect(await search(onDisk)).toEqual(expected);
      onDisk.dispose();
      expect(await readdir(folder)).toHaveLength(2);
      onDisk = await FaissStore[load](folder, embeddings);
      expect(isOnDisk(onDisk)).toBe(true);
      expect(await search(onDisk)).toEqual(expected);
      expect(
        idsOf(
          await onDisk.maxMarginalRelevanceSearchWithScoreByVector(await embeddings.embedQuery("text 9"), {
            k: 3,
          }),
        ),
      ).toEqual(
        idsOf(
          await inMemory.maxMarginalRelevanceSearchWithScoreByVector(await embeddings.embedQuery("text 9"), {
            k: 3,
          }),
        ),
      );
      const filtered = await onDisk.similaritySearch("text 9", 4, { n: { $lt: 20 } });
      expect(filtered.map(({ id }) => id)).toContain("id 9");
    }
    const other = await FaissStore[load](folder, embeddings, { rowsOnDisk: false });
    expect(isOnDisk(other)).toBe(false);
    expect(idsOf(await other.similaritySearchWithScore("text 77", 7))).toEqual(
      idsOf(await onDisk.similaritySearchWithScore("text 77", 7)),
    );
    const copy = await FaissStore.fromIndex(onDisk, embeddings);
    expect(copy.size).toBe(onDisk.size);
    for (const store of [onDisk, other, copy]) store.dispose();
  });
});

it("loads vectors to where they were, unless `rowsOnDisk` is set, and bytes always to memory", async () => {
  const folder = join(root, "memory");
  await (await made("memory")).save(folder);
  expect(isOnDisk(await FaissStore.load(folder, embeddings))).toBe(false);
  const store = await FaissStore.load(folder, embeddings, { rowsOnDisk: true });
  expect(isOnDisk(store)).toBe(true);
  const bytes = await store.serializeToBytes();
  expect(isOnDisk(await FaissStore.deserializeFromBytes(bytes, embeddings))).toBe(false);
  await expect(FaissStore.deserializeFromBytes(bytes, embeddings, { rowsOnDisk: true })).rejects.toThrow(
    "`rowsOnDisk`",
  );
  store.dispose();
  await expect(store.similaritySearch("text 1", 1)).rejects.toMatchObject({ name: "IndexDisposedError" });
});
