import { Document } from "@langchain/core/documents";
import { LengthMismatchError } from "../errors/length-mismatch-error.js";

/** Metadata for each text, or the same for all. */
export type Metadatas = readonly Record<string, unknown>[] | Record<string, unknown>;

/** @throws LengthMismatchError */
export function toDocuments(texts: readonly string[], metadatas: Metadatas): Document[] {
  if (!isList(metadatas))
    return texts.map((pageContent) => new Document({ pageContent, metadata: metadatas }));
  if (metadatas.length !== texts.length) {
    throw new LengthMismatchError("metadatas", texts.length, metadatas.length, "text");
  }
  return texts.map((pageContent, i) => new Document({ pageContent, metadata: metadatas[i]! }));
}

function isList(metadatas: Metadatas): metadatas is readonly Record<string, unknown>[] {
  return Array.isArray(metadatas);
}
