import type { DocumentInterface } from "@langchain/core/documents";

/**
 * Whether an id is the one that LangChain's indexing API (`index` of `@langchain/core/indexing`) makes of a document's text and metadata.
 * Under it, there can be no other document: adding it again can only mean that its vector is new.
 */
export async function isIndexedId(id: string, document: DocumentInterface): Promise<boolean> {
  const indexing: Partial<typeof import("@langchain/core/indexing")> = await import(
    "@langchain/core/indexing"
  );
  try {
    const { pageContent, metadata } = document;
    return indexing._HashedDocument?.fromDocument({ pageContent, metadata }).uid === id;
  } catch {
    // It makes no id of such metadata.
    return false;
  }
}
