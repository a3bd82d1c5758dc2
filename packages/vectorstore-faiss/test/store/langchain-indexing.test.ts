import { describe, expect, it, test } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { index } from "@langchain/core/indexing";
import { FakeEmbeddings, MemoryRecords } from "@secondpass/test-kit";
import { FaissStore } from "../../src/faiss-store.js";

test.each(["incremental", "full"] as const)(
  "a store follows its sources by LangChain's `index`: %s",
  async (cleanup) => {
    const store = new FaissStore(new FakeEmbeddings());
    const records = new MemoryRecords({});
    const page = (pageContent: string) => new Document({ pageContent, metadata: { source: "a.txt" } });
    const follow = (documents: Document[]) =>
      index({
        docsSource: documents,
        recordManager: records,
        vectorStore: store,
        options: { cleanup, sourceIdKey: "source", batchSize: 2 },
      });
    const first = await follow([page("one pear"), page("two pears"), page("one pear")]);
    expect(first).toMatchObject({ numAdded: 2, numDeleted: 0 });
    const second = await follow([page("two pears"), page("three pears")]);
    expect(second).toMatchObject({ numAdded: 1, numSkipped: 1, numDeleted: 1 });
    const found = await store.similaritySearch("pears", 9);
    expect(found.map(({ pageContent }) => pageContent).sort()).toEqual(["three pears", "two pears"]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(2);
  },
);

describe("`index` with forceUpdate", () => {
  const page = (pageContent: string, source = "a.txt") =>
    new Document({ pageContent, metadata: { source, deep: { x: 1 } } });

  it.each([undefined, "incremental", "full"] as const)(
    "replaces old vectors by new ones: %s",
    async (cleanup) => {
      let generation = 1;
      const embeddings = {
        embedQuery: async () => [0, 0],
        embedDocuments: async (texts: string[]) => texts.map((text) => [text.length, generation]),
      };
      const vectorStore = new FaissStore(embeddings);
      const recordManager = new MemoryRecords({});
      const run = (docsSource: Document[], forceUpdate: boolean) =>
        index({
          docsSource,
          recordManager,
          vectorStore,
          options: { cleanup, forceUpdate, sourceIdKey: "source", batchSize: 2 } as never,
        });
      const documents = ["a", "bb", "ccc"].map((text) => page(text, text));
      expect(await run(documents, false)).toMatchObject({ numAdded: 3, numUpdated: 0 });
      generation = 2;
      expect(await run([...documents, page("dddd")], true)).toMatchObject({
        numAdded: 1,
        numUpdated: 3,
        numDeleted: 0,
      });
      expect(vectorStore.size).toBe(4);
      const [[nearest, score]] = (await vectorStore.similaritySearchVectorWithScore([2, 2], 1)) as [
        [Document, number],
      ];
      expect([nearest.pageContent, score]).toEqual(["bb", 0]);
      expect(vectorStore.index!.ntotal).toBe(4);
      // Another document with a stored id still throws.
      const stolen = vectorStore.addDocuments([page("another")], { ids: [nearest.id!] });
      await expect(stolen).rejects.toMatchObject({ name: "DuplicateIdError", ids: [nearest.id] });
    },
  );

  it("replaces documents whose ids the caller chose, if `upsert` is set", async () => {
    const vectorStore = new FaissStore(new FakeEmbeddings(), { upsert: true, ignoreMissing: true });
    await vectorStore.addDocuments([page("old")], { ids: ["one"] });
    await vectorStore.addDocuments([page("new")], { ids: ["one"] });
    expect((await vectorStore.getByIds(["one"]))[0]!.pageContent).toBe("new");
    await expect(vectorStore.addDocuments([page("x")], { ids: ["one"], upsert: false })).rejects.toThrow(
      "one",
    );
    await vectorStore.delete({ ids: ["one", "gone"] });
    expect(vectorStore.size).toBe(0);
    await expect(vectorStore.delete({ ids: ["gone"], ignoreMissing: false })).rejects.toThrow("gone");
  });

  it("changes nothing if it is aborted or a vector is wrong", async () => {
    const vectorStore = new FaissStore(new FakeEmbeddings());
    await vectorStore.addVectors([[1, 2]], [page("old")], { ids: ["one"] });
    const wrong = vectorStore.addVectors([[1, Number.NaN]], [page("new")], { ids: ["one"], upsert: true });
    await expect(wrong).rejects.toThrow();
    const signal = AbortSignal.abort(new Error("left"));
    const left = vectorStore.addVectors([[3, 4]], [page("new")], { ids: ["one"], upsert: true, signal });
    await expect(left).rejects.toThrow("left");
    const [[document, score]] = (await vectorStore.similaritySearchVectorWithScore([1, 2], 1)) as [
      [Document, number],
    ];
    expect([document.pageContent, score]).toEqual(["old", 0]);
  });
});
