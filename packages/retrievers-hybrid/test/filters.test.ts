import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "@jest/globals";
import { FakeEmbeddings, type FilteredDocuments, filterSuite } from "@secondpass/test-kit";
import { FaissStore } from "@secondpass/vectorstore-faiss";
import { type Analyzer, BM25Retriever } from "../src/index.js";
import { type HybridMode, HybridStore } from "../src/store/index.js";

const embeddings = new FakeEmbeddings();
const analyzer: Analyzer = Object.assign((text: string) => text.split(" "), { analyzerId: "spaces" });

/** The stores as the suite uses them; there, filters have any type. */
const OVER = {
  FaissStore: (store: FaissStore, folder: string): FilteredDocuments => ({
    add: (documents) => store.addDocuments(documents, { upsert: true }),
    delete: (params) => store.delete(params as never),
    search: async (question, k, filter, signal) => {
      const vector = await embeddings.embedQuery(question);
      const options = signal && { signal };
      const found = await store.similaritySearchVectorWithScore(vector, k, filter as never, options);
      return found.map(([document]) => document);
    },
    async reopen() {
      await store.save(folder);
      return OVER.FaissStore(await FaissStore.load(folder, embeddings), folder);
    },
  }),
  BM25Retriever: (retriever: BM25Retriever, folder: string): FilteredDocuments => ({
    add: (documents) => retriever.addDocuments(documents, { upsert: true }),
    delete: (params) => retriever.delete(params as never),
    search: (question, k, filter, signal) =>
      retriever.invoke(question, { configurable: { k, filter }, ...(signal && { signal }) }),
    async reopen() {
      await retriever.save(folder);
      return OVER.BM25Retriever(await BM25Retriever.load(folder, { analyzer }), folder);
    },
  }),
  HybridStore: (store: HybridStore, folder: string, mode: HybridMode): FilteredDocuments => ({
    add: (documents) => store.addDocuments(documents, { upsert: true }),
    delete: (params) => store.delete(params as never),
    search: (question, k, filter, signal) =>
      store
        .asRetriever({ k: 1, mode })
        .invoke(question, { configurable: { k, filter }, ...(signal && { signal }) }),
    async reopen() {
      await store.save(folder);
      const options = { analyzer, candidates: 3 };
      return OVER.HybridStore(await HybridStore.load(folder, embeddings, options), folder, mode);
    },
  }),
};

describe("filters", () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "secondpass-filters-"));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));
  const folder = () => mkdtemp(join(root, "folder-"));

  describe("FaissStore", () => {
    filterSuite(async () => OVER.FaissStore(new FaissStore(embeddings), await folder()));
  });
  describe("BM25Retriever", () => {
    filterSuite(async () => OVER.BM25Retriever(new BM25Retriever({ analyzer }), await folder()));
  });
  describe.each(["hybrid", "dense", "lexical"] as const)("HybridStore, mode %s", (mode) => {
    filterSuite(async () =>
      OVER.HybridStore(new HybridStore(embeddings, { analyzer, candidates: 3 }), await folder(), mode),
    );
  });
});
