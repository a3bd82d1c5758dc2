import { randomUUID } from "node:crypto";
import type { DocumentInterface } from "@langchain/core/documents";
import { encodeDocument } from "../docstore/docstore.js";
import type { StoredRecord } from "../docstore/record-heap.js";
import { DuplicateIdError } from "../errors/duplicate-id-error.js";
import { LengthMismatchError } from "../errors/length-mismatch-error.js";
import { InvalidArgumentError } from "../index/invalid-argument-error.js";
import { workSlices } from "../kernels/work-slices.js";

/** Documents checked and written out, with an id each; vectors are still to come. */
export interface PreparedDocuments {
  readonly ids: readonly string[];
  readonly records: readonly StoredRecord[];
}

/**
 * Everything about new documents that can be wrong without their vectors is found here, before anything is stored.
 * @param ids one for each document; a document's own `id` otherwise, or a new UUID
 * @throws LengthMismatchError, DuplicateIdError, MetadataError, InvalidArgumentError
 */
export async function prepareDocuments(
  documents: readonly DocumentInterface[],
  ids: readonly string[] | undefined,
  signal?: AbortSignal,
): Promise<PreparedDocuments> {
  if (ids !== undefined && ids.length !== documents.length) {
    throw new LengthMismatchError("ids", documents.length, ids.length, "document");
  }
  const slices = workSlices(signal);
  const resolved = documents.map((document, i) => ids?.[i] ?? document.id ?? randomUUID());
  resolved.forEach((id, i) => {
    if (typeof id !== "string") throw new InvalidArgumentError(`ids[${i}]`, "a string", id);
  });
  const repeated = resolved.filter(isRepeated());
  if (repeated.length > 0) throw new DuplicateIdError([...new Set(repeated)], "in one call");
  const records: StoredRecord[] = [];
  for (const [i, document] of documents.entries()) {
    if (typeof document.pageContent !== "string") {
      throw new InvalidArgumentError(`documents[${i}].pageContent`, "a string", document.pageContent);
    }
    records.push(encodeDocument(document));
    if (slices.due()) await slices.pause();
  }
  return { ids: resolved, records };
}

/** Tests whether an id came before. */
function isRepeated(): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => seen.size === seen.add(id).size;
}
