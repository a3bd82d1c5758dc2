import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { FaissStore } from "../../src/faiss-store.js";

const embeddings = new FakeEmbeddings();

describe("a store in which two vectors belong to one document", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "faiss-shared-"));
  });
  afterEach(() => rm(directory, { recursive: true }));

  /** Vectors 1, 2, 3, 4, of which the first and the third belong to "a". */
  async function shared(index?: { kind: "hnsw" }): Promise<FaissStore> {
    const pairs = ["a", "b", "c", "d"].map((text, i) => [text, [i + 1, 0]] as const);
    const store = await FaissStore.fromEmbeddings(pairs, embeddings, {
      ids: ["a", "b", "c", "d"],
      ...(index && { index }),
    });
    await store.save(directory);
    const path = join(directory, "docstore.json");
    const [documents] = JSON.parse(await readFile(path, "utf8"));
    const kept = documents.filter(([id]: [string]) => id !== "c");
    await writeFile(path, JSON.stringify([kept, { 0: "a", 1: "b", 2: "a", 3: "d" }]));
    return FaissStore.load(directory, embeddings);
  }
  const search = async (store: FaissStore, k = 10) =>
    (await store.similaritySearchVectorWithScore([0, 0], k)).map(([{ id }, score]) => [id, score]);
  const ALL = [
    ["a", 1],
    ["b", 4],
    ["a", 9],
    ["d", 16],
  ];

  it("finds it by each vector, also with a filter", async () => {
    const store = await shared();
    expect(store.size).toBe(3);
    expect(await search(store)).toEqual(ALL);
    expect(await search(store, 3)).toEqual(ALL.slice(0, 3));
    const found = await store.similaritySearchVectorWithScore([0, 0], 10, ({ id }) => id !== "b");
    expect(found.map(([{ id }]) => id)).toEqual(["a", "a", "d"]);
  });

  it.each(["ids", "filter", "upsert"])("removes both vectors with it: %s", async (way) => {
    for (const store of [await shared(), await shared({ kind: "hnsw" })]) {
      if (way === "ids") await store.delete({ ids: ["a", "a"] });
      else if (way === "filter") await store.delete({ filter: ({ id }: { id?: string }) => id === "a" });
      else
        await store.addVectors([[6, 0]], [{ pageContent: "new", metadata: {} }], {
          ids: ["a"],
          upsert: true,
        });
      const left =
        way === "upsert"
          ? [
              ["b", 4],
              ["d", 16],
              ["a", 36],
            ]
          : [
              ["b", 4],
              ["d", 16],
            ];
      expect(await search(store)).toEqual(left);
      await store.save(directory);
      expect(await search(await FaissStore.load(directory, embeddings))).toEqual(left);
    }
  });

  it("comes back from both layouts, from bytes and from a merge, with one document", async () => {
    const store = await shared();
    await store.delete({ ids: ["b"] });
    const left = ALL.filter(([id]) => id !== "b");
    await store.save(directory);
    await store.saveForPython(directory);
    const merged = await FaissStore.fromEmbeddings([["z", [9, 0]]], embeddings, { ids: ["z"] });
    expect(await merged.mergeFrom(store)).toEqual(["a", "d"]);
    expect(await search(merged)).toEqual([...left, ["z", 81]]);
    await merged.delete({ ids: ["z"] });
    for (const copy of [
      await FaissStore.load(directory, embeddings),
      await FaissStore.loadFromPython(directory, embeddings),
      await FaissStore.deserializeFromBytes(await store.serializeToBytes(), embeddings),
      merged,
    ]) {
      expect(copy.size).toBe(2);
      expect(await search(copy)).toEqual(left);
      await copy.delete({ ids: ["a"] });
      expect(await search(copy)).toEqual([["d", 16]]);
    }
  });
});
