import type { DocumentInterface } from "@langchain/core/documents";

/**
 * Whether an id is the one that LangChain's indexing API (`index` of `@langchain/core/indexing`) makes from a document's text and metadata.
 * No other document can have this id, so adding it again can only mean that its vector is new.
 */
export async function isIndexedId(id: string, document: DocumentInterface): Promise<boolean> {
  const indexing: Partial<typeof import("@langchain/core/indexing")> = await import(
    "@langchain/core/indexing"
  );
  try {
    const { pageContent, metadata } = document;
    return indexing._HashedDocument?.fromDocument({ pageContent, metadata }).uid === id;
  } catch {
    // The API makes no ids for such metadata.
    return false;
  }
}
