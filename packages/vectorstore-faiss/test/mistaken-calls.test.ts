import { beforeEach, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { FaissStore } from "../src/index.js";

const embeddings = new FakeEmbeddings();
const documents = ["one", "three"].map((pageContent) => new Document({ pageContent }));
const typo = { distance_strategy: "cosine" } as never;
let store: FaissStore;

beforeEach(async () => {
  store = await FaissStore.fromDocuments(documents, embeddings);
});

it.each<readonly [string, () => unknown]>([
  ["FaissStore", () => new FaissStore(embeddings, typo)],
  ["FaissStore.fromDocuments", () => FaissStore.fromDocuments(documents, embeddings, typo)],
  ["FaissStore.fromTexts", () => FaissStore.fromTexts(["a"], {}, embeddings, typo)],
  ["FaissStore.fromEmbeddings", () => FaissStore.fromEmbeddings([["a", [1]]], embeddings, typo)],
  ["FaissStore.fromIndex", () => FaissStore.fromIndex(store, embeddings, typo)],
  ["FaissStore.load", () => FaissStore.load("nowhere", embeddings, typo)],
  ["FaissStore.loadFromPython", () => FaissStore.loadFromPython("nowhere", embeddings, typo)],
  [
    "FaissStore.deserializeFromBytes",
    () => FaissStore.deserializeFromBytes(new Uint8Array(), embeddings, typo),
  ],
  ["addDocuments", () => store.addDocuments(documents, typo)],
  ["addTexts", () => store.addTexts(["a"], {}, typo)],
  ["addVectors", () => store.addVectors([[1]], documents, typo)],
  ["mergeFrom", () => store.mergeFrom(store, typo)],
  ["save", () => store.save("nowhere", typo)],
  ["saveForPython", () => store.saveForPython("nowhere", typo)],
  ["similaritySearchVectorWithScore", () => store.similaritySearchVectorWithScore([1], 1, undefined, typo)],
  ["similaritySearchWithRelevanceScores", () => store.similaritySearchWithRelevanceScores("one", 1, typo)],
  ["maxMarginalRelevanceSearch", () => store.maxMarginalRelevanceSearch("one", typo)],
  ["asRetriever", () => store.asRetriever(typo)],
])("%s names an unknown option", async (owner, call) => {
  await expect((async () => call())()).rejects.toMatchObject({
    name: "UnknownOptionError",
    option: "distance_strategy",
    owner,
  });
});

it("checks the kind of index before there are vectors", () => {
  const index = { kind: "hnsw", efConstrution: 40 } as never;
  expect(() => new FaissStore(embeddings, { index })).toThrow(/Did you mean `efConstruction`/);
  expect(() => new FaissStore(embeddings, { index: "hnsw" as never })).toThrow(/index\.kind/);
});

it("throws for an option of another method", async () => {
  await expect(store.addDocuments(documents, { index: { kind: "flat" } } as never)).rejects.toThrow(
    /`index`/,
  );
  await expect(FaissStore.load("nowhere", embeddings, { ids: ["a"] } as never)).rejects.toThrow(/`ids`/);
});

it.each<readonly [string, () => unknown, RegExp]>([
  ["no embeddings", () => FaissStore.fromTexts(["a"], [{}], undefined as never), /`embeddings`.*undefined/],
  [
    "a Promise of embeddings",
    () => FaissStore.fromDocuments(documents, Promise.resolve(embeddings) as never),
    /`embeddings`.*Await/,
  ],
  [
    "texts as Documents",
    () => FaissStore.fromDocuments(["a"] as never, embeddings),
    /documents\[0\].*Make one/,
  ],
  ["Documents as texts", () => FaissStore.fromTexts(documents as never, {}, embeddings), /texts\[0\]/],
  ["a Promise of Documents", () => store.addDocuments(Promise.resolve(documents) as never), /Await/],
  ["no query", () => store.similaritySearch(undefined as never, 1), /`query`.*undefined/],
  ["a Document as query", () => store.similaritySearchWithScore(documents[0] as never), /`query`.*Document/],
  [
    "no query of maximal marginal relevance",
    () => store.maxMarginalRelevanceSearch(5 as never, { k: 1 }),
    /`query`/,
  ],
])("throws a typed error for %s", async (_, call, message) => {
  const error = await (async () => call())().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "InvalidOptionError", message: expect.stringMatching(message) });
});
