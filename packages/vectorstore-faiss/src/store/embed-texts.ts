import type { DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { InvalidArgumentError } from "@secondpass/faiss";
import { dimensionsOf, VectorPacker } from "./pack-vectors.js";
import type { LongOperationOptions } from "./store-progress.js";
import type { VectorPieces } from "./vector-pieces.js";

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
 * Embeds the texts of documents batch by batch.
 * @param dimensions what the vectors must have; what the first has, when not given
 */
export async function embedTexts(
  embeddings: EmbeddingsInterface,
  documents: readonly DocumentInterface[],
  dimensions: number | undefined,
  { signal, onProgress, embedBatchSize = BATCH_SIZE }: EmbedOptions = {},
): Promise<VectorPieces> {
  if (!Number.isSafeInteger(embedBatchSize) || embedBatchSize < 1)
    throw new InvalidArgumentError("embedBatchSize", "a whole number of at least 1", embedBatchSize);
  let packer: VectorPacker | undefined;
  const total = documents.length;
  for (let start = 0; start < total; start += embedBatchSize) {
    signal?.throwIfAborted();
    const batch = documents.slice(start, start + embedBatchSize).map(({ pageContent }) => pageContent);
    const embedded = await embeddings.embedDocuments(batch);
    const known = dimensionsOf(embedded, batch.length, dimensions ?? packer?.dimensions);
    packer ??= new VectorPacker(total, known);
    await packer.add(embedded, signal);
    onProgress?.({ step: "embed", done: start + batch.length, total });
  }
  return packer ?? { pieces: [], dimensions: dimensions ?? 0 };
}
