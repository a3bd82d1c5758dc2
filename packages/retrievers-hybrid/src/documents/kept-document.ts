import { Document, type DocumentInterface } from "@langchain/core/documents";
import { checkObject, InvalidOptionError, workSlices } from "@secondpass/core";
import { DuplicateIdError } from "../errors/duplicate-id-error.js";
import { MetadataError } from "../errors/metadata-error.js";

/** A document as an index keeps it. */
export interface KeptDocument {
  readonly id: string;
  readonly pageContent: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * Checks documents and copies them; the originals are not changed.
 * @param ids one for each document. @default each document's own `id`, or a new UUID
 * @throws {InvalidOptionError}
 * @throws {DuplicateIdError} if an id is given twice
 * @throws {MetadataError}
 */
export async function keptDocuments(
  documents: readonly DocumentInterface[],
  ids: readonly string[] | undefined,
  signal: AbortSignal | undefined,
): Promise<KeptDocument[]> {
  const slices = workSlices(signal);
  if (!Array.isArray(documents))
    throw new InvalidOptionError("documents", "an array of Documents", documents);
  if (ids !== undefined && (!Array.isArray(ids) || ids.length !== documents.length)) {
    throw new InvalidOptionError("ids", `an array of ${documents.length} ids, one for each document`, ids);
  }
  const kept: KeptDocument[] = [];
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const [i, document] of documents.entries()) {
    checkObject(`documents[${i}]`, document, "a Document");
    const { pageContent, metadata = {} } = document;
    if (typeof pageContent !== "string") {
      throw new InvalidOptionError(`documents[${i}].pageContent`, "a string", pageContent);
    }
    const id = ids?.[i] ?? document.id ?? crypto.randomUUID();
    if (typeof id !== "string") throw new InvalidOptionError(`ids[${i}]`, "a string", id);
    if (seen.has(id)) repeated.add(id);
    seen.add(id);
    kept.push({ id, pageContent, metadata: copied(metadata, i) });
    if (slices.due()) await slices.pause();
  }
  if (repeated.size > 0) throw new DuplicateIdError([...repeated], "in one call");
  return kept;
}

/** Makes a new copy for a caller. @param more additional metadata */
export function documentOf({ id, pageContent, metadata }: KeptDocument, more: object = {}): Document {
  return new Document({ id, pageContent, metadata: { ...structuredClone(metadata), ...more } });
}

function copied(metadata: Record<string, unknown>, document: number): Record<string, unknown> {
  try {
    return structuredClone(metadata);
  } catch (cause) {
    throw new MetadataError(`documents[${document}]`, { cause });
  }
}
