import { expect, test } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { index, type ListKeyOptions, RecordManager, type UpdateOptions } from "@langchain/core/indexing";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { FaissStore } from "../../src/faiss-store.js";

/** What LangChain's `index` remembers of documents, in memory. Each question is asked at a later time. */
class MemoryRecords extends RecordManager {
  readonly #records = new Map<string, { group: string | null; time: number }>();
  #now = 0;

  async createSchema(): Promise<void> {}

  async getTime(): Promise<number> {
    return ++this.#now;
  }

  async update(keys: string[], { groupIds = [] }: UpdateOptions = {}): Promise<void> {
    const time = await this.getTime();
    for (const [i, key] of keys.entries()) this.#records.set(key, { group: groupIds[i] ?? null, time });
  }

  async exists(keys: string[]): Promise<boolean[]> {
    return keys.map((key) => this.#records.has(key));
  }

  async listKeys({
    before = Number.POSITIVE_INFINITY,
    groupIds,
    limit,
  }: ListKeyOptions = {}): Promise<string[]> {
    return [...this.#records]
      .filter(([, { group, time }]) => time < before && (groupIds?.includes(group) ?? true))
      .map(([key]) => key)
      .slice(0, limit);
  }

  async deleteKeys(keys: string[]): Promise<void> {
    for (const key of keys) this.#records.delete(key);
  }
}

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
