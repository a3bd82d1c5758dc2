import { Document, type DocumentInterface } from "@langchain/core/documents";
import type { VectorStoreInterface } from "@langchain/core/vectorstores";
import type { FakeEmbeddings } from "../fakes/fake-embeddings.js";

export type Filter = Record<string, unknown> | ((document: Document) => boolean | Promise<boolean>);

/** The part of a vector store that the suite uses: LangChain's interface, and ids as in Python. */
export interface VectorStoreUnderTest extends Omit<VectorStoreInterface, "FilterType"> {
  FilterType: Filter;
  addVectors(
    vectors: number[][],
    documents: DocumentInterface[],
    options?: { ids?: string[] },
  ): Promise<string[]>;
  addDocuments(documents: DocumentInterface[], options?: { ids?: string[] }): Promise<string[]>;
  getByIds(ids: string[]): Promise<DocumentInterface[]>;
  delete(params: { ids: string[] } | { filter: Filter } | { deleteAll: true }): Promise<void>;
}

/** Start of a test: an empty store, with its embeddings. */
export interface GivenStore {
  readonly store: VectorStoreUnderTest;
  readonly embeddings: FakeEmbeddings;
}

/** Makes documents with ids and metadata of several kinds. */
export function fruits(): Document[] {
  return [
    {
      id: "apple",
      pageContent: "a red apple",
      metadata: { kind: "fruit", price: 3, tags: { color: "red" } },
    },
    {
      id: "cherry",
      pageContent: "a red cherry",
      metadata: { kind: "fruit", price: 9, tags: { color: "red" } },
    },
    {
      id: "carrot",
      pageContent: "an orange carrot",
      metadata: { kind: "root", price: 1, tags: { color: "orange" } },
    },
    { id: "배", pageContent: "노란 배 🍐", metadata: { kind: "fruit", price: 5, tags: { color: "yellow" } } },
  ].map((fields) => new Document(fields));
}

/** Their ids. */
export const IDS = ["apple", "cherry", "carrot", "배"];

export function idsOf(documents: readonly DocumentInterface[]): (string | undefined)[] {
  return documents.map(({ id }) => id);
}
