import type { DocumentInterface } from "@langchain/core/documents";
import { workSlices } from "@secondpass/core";
import { InvalidArgumentError } from "@secondpass/faiss";
import { DuplicateIdError } from "../errors/duplicate-id-error.js";
import { LengthMismatchError } from "../errors/length-mismatch-error.js";
import { randomUuid } from "../io/random-uuid.js";
import { Docstore, encodeDocument } from "./docstore.js";

/** Documents that are checked and encoded, each with an id; their vectors come later. */
export interface PreparedDocuments {
  readonly ids: readonly string[];
  /** The same in the same order, from slot 0 on. */
  readonly documents: Docstore;
}

/**
 * Checks and encodes new documents. Finds every error except those of their vectors, before anything is stored.
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
  const prepared = { ids: [] as string[], documents: new Docstore() };
  const repeated = new Set<string>();
  for (const [i, document] of documents.entries()) {
    const id = ids?.[i] ?? document.id ?? randomUuid();
    if (typeof id !== "string") throw new InvalidArgumentError(`ids[${i}]`, "a string", id);
    if (typeof document.pageContent !== "string") {
      throw new InvalidArgumentError(`documents[${i}].pageContent`, "a string", document.pageContent);
    }
    const record = encodeDocument(document);
    prepared.ids.push(id);
    if (prepared.documents.has(id)) repeated.add(id);
    else prepared.documents.append(id, record);
    if (slices.due()) await slices.pause();
  }
  if (repeated.size > 0) throw new DuplicateIdError([...repeated], "in one call");
  return prepared;
}
