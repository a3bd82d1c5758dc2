import { describe, expect, it } from "@jest/globals";
import { ParentDocumentRetriever } from "@langchain/classic/retrievers/parent_document";
import { Document } from "@langchain/core/documents";
import { InMemoryStore } from "@langchain/core/stores";
import { FakeEmbeddings } from "@secondpass/test-kit";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";
import { FaissStore } from "@secondpass/vectorstore-faiss";
import { HybridStore } from "../../src/store/index.js";

const LETTERS = [..."abcdefghij"];

/** Ten documents of ten sentences each; every sentence has a unique word. */
const documents = LETTERS.map((letter) => {
  const sentences = LETTERS.map((other) => `The word ${letter}x${other} is in one sentence only.`);
  return new Document({ pageContent: sentences.join(" "), metadata: { letter } });
});

describe.each([
  ["FaissStore", () => new FaissStore(new FakeEmbeddings({ dimensions: 256 }))],
  [
    "HybridStore",
    () => new HybridStore(new FakeEmbeddings({ dimensions: 256 }), { analyzer: { language: "none" } }),
  ],
] as const)("LangChain's ParentDocumentRetriever over a %s", (_title, create) => {
  const retriever = (store: FaissStore | HybridStore) =>
    new ParentDocumentRetriever({
      vectorstore: store,
      docstore: new InMemoryStore<Document>(),
      // LangChain's type is a class with more methods, but the retriever only calls `splitDocuments`.
      childSplitter: new RecursiveCharacterTextSplitter({ chunkSize: 50, chunkOverlap: 0 }) as never,
      childK: 3,
      parentK: 1,
    });

  it("finds small chunks, and returns the documents that contain them", async () => {
    const store = create();
    const parents = retriever(store);
    await parents.addDocuments(documents);
    expect(store.size).toBeGreaterThan(50);
    for (const letter of ["a", "d", "j"]) {
      const [found] = await parents.invoke(`The word ${letter}x${letter} is in one sentence only.`);
      expect(found!.metadata).toEqual({ letter });
      expect(found!.pageContent).toBe(documents[LETTERS.indexOf(letter)]!.pageContent);
    }
  });
});
