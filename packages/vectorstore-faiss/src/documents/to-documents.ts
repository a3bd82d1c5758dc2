import { Document } from "@langchain/core/documents";
import { checkMetadatas, workSlices } from "@secondpass/core";
import { LengthMismatchError } from "../errors/length-mismatch-error.js";

/** Metadata for each text, or the same for all. */
export type Metadatas = readonly Record<string, unknown>[] | Record<string, unknown>;

/** Makes documents from texts and their metadata. @throws LengthMismatchError */
export async function toDocuments(
  texts: readonly string[],
  metadatas: Metadatas,
  signal?: AbortSignal,
): Promise<Document[]> {
  checkMetadatas(metadatas);
  if (isList(metadatas) && metadatas.length !== texts.length) {
    throw new LengthMismatchError("metadatas", texts.length, metadatas.length, "text");
  }
  const slices = workSlices(signal);
  const documents: Document[] = [];
  for (const [i, pageContent] of texts.entries()) {
    const metadata = isList(metadatas) ? metadatas[i]! : metadatas;
    documents.push(new Document({ pageContent, metadata }));
    if (slices.due()) await slices.pause();
  }
  return documents;
}

function isList(metadatas: Metadatas): metadatas is readonly Record<string, unknown>[] {
  return Array.isArray(metadatas);
}
