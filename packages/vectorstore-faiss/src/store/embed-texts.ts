import type { DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { checkInteger } from "../index/check-vectors.js";
import { type PackedVectors, packVectors } from "./pack-vectors.js";
import type { LongOperationOptions } from "./store-progress.js";

/** Texts embedded by one call of `embedDocuments`, unless told otherwise. */
const BATCH_SIZE = 512;

/** How texts are embedded. */
export interface EmbedOptions extends LongOperationOptions {
  /**
   * Texts given to `embedDocuments` at once. Between two batches vectors are packed, progress is told, and the signal is
   * looked at. Minimum 1.
   * @default 512
   */
  readonly embedBatchSize?: number;
}

/**
 * Embeds the texts of documents batch by batch into one array of float32: a tenth of the memory that arrays of numbers take.
 * @param dimensions what the vectors must have; what the first has, when not given
 */
export async function embedTexts(
  embeddings: EmbeddingsInterface,
  documents: readonly DocumentInterface[],
  dimensions: number | undefined,
  { signal, onProgress, embedBatchSize = BATCH_SIZE }: EmbedOptions = {},
): Promise<PackedVectors> {
  checkInteger("embedBatchSize", embedBatchSize, 1);
  let all: PackedVectors | undefined;
  const total = documents.length;
  for (let start = 0; start < total; start += embedBatchSize) {
    signal?.throwIfAborted();
    const batch = documents.slice(start, start + embedBatchSize).map(({ pageContent }) => pageContent);
    const embedded = await embeddings.embedDocuments(batch);
    const known = dimensions ?? all?.dimensions;
    const packed = await packVectors(embedded, batch.length, known, signal);
    all ??= { vectors: new Float32Array(total * packed.dimensions), dimensions: packed.dimensions };
    all.vectors.set(packed.vectors, start * packed.dimensions);
    onProgress?.({ step: "embed", done: start + batch.length, total });
  }
  return all ?? { vectors: new Float32Array(0), dimensions: dimensions ?? 0 };
}
