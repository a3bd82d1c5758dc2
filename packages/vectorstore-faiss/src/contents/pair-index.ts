import type { DocumentInterface } from "@langchain/core/documents";
import { workSlices } from "@secondpass/core";
import type { Metric, VectorIndex } from "@secondpass/faiss";
import { prepareDocuments } from "../documents/prepare-documents.js";
import { LengthMismatchError } from "../errors/length-mismatch-error.js";
import { PositionMap } from "./position-map.js";
import type { IndexedDocuments } from "./store-contents.js";

/**
 * Pairs a copy of an index with a document for each of its vectors, in order.
 * @throws LengthMismatchError, DuplicateIdError, MetadataError
 */
export async function pairIndex(
  source: VectorIndex,
  given: readonly DocumentInterface[],
  ids: readonly string[] | undefined,
  signal?: AbortSignal,
): Promise<IndexedDocuments & { index: VectorIndex; metric: Metric }> {
  if (given.length !== source.ntotal) {
    throw new LengthMismatchError("documents", source.ntotal, given.length, "vector of the index");
  }
  const { documents } = await prepareDocuments(given, ids, signal);
  const slices = workSlices(signal);
  const positions = new PositionMap();
  for (let slot = 0; slot < documents.slots; slot++) {
    positions.append(slot);
    if (slices.due()) await slices.pause();
  }
  const index = await source.clone();
  return { index, metric: index.metric, documents, positions };
}
