import { Document, type DocumentInterface } from "@langchain/core/documents";
import { embeddingCache } from "./embedding-cache.js";

/** Copies a document and adds one metadata field; text, id and the other fields stay. */
export function withMetadata(document: DocumentInterface, key: string, value: unknown): Document {
  const copy = new Document({
    pageContent: document.pageContent,
    metadata: { ...document.metadata, [key]: value },
    id: document.id,
  });
  embeddingCache.copy(document, copy);
  return copy;
}
