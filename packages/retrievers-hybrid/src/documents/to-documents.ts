import { Document } from "@langchain/core/documents";
import { checkMetadatas, checkTexts, InvalidOptionError } from "@secondpass/core";

/** Metadata for each text, or the same for all. */
export type Metadatas = readonly Record<string, unknown>[] | Record<string, unknown>;

/** @throws {InvalidOptionError} */
export function toDocuments(texts: readonly string[], metadatas: Metadatas): Document[] {
  checkTexts(texts);
  checkMetadatas(metadatas);
  if (isList(metadatas) && metadatas.length !== texts.length) {
    throw new InvalidOptionError("metadatas", `an array of ${texts.length}, one for each text`, metadatas);
  }
  return texts.map(
    (pageContent, i) => new Document({ pageContent, metadata: isList(metadatas) ? metadatas[i] : metadatas }),
  );
}

function isList(metadatas: Metadatas): metadatas is readonly Record<string, unknown>[] {
  return Array.isArray(metadatas);
}
