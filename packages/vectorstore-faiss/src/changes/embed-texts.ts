import type { DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { InvalidArgumentError } from "@secondpass/faiss";
import type { LongOperationOptions } from "../contents/store-progress.js";
import { dimensionsOf, VectorPieces } from "../contents/vector-pieces.js";

/** Texts for each call of `embedDocuments`, unless `embedBatchSize` says otherwise. */
const BATCH_SIZE = 512;

/** How texts are embedded. */
export interface EmbedOptions extends LongOperationOptions {
  /**
   * Texts given to one call of `embedDocuments`. Between two batches, vectors are packed, progress is reported, and the signal is
   * checked. Minimum 1.
   * @default 512
   */
  readonly embedBatchSize?: number;
}

/**
 * Embeds the texts of documents batch by batch.
 * @param dimensions expected length of the vectors; if not given, that of the first one
 */
export async function embedTexts(
  embeddings: EmbeddingsInterface,
  documents: readonly DocumentInterface[],
  dimensions: number | undefined,
  { signal, onProgress, embedBatchSize = BATCH_SIZE }: EmbedOptions = {},
): Promise<VectorPieces> {
  if (!Number.isSafeInteger(embedBatchSize) || embedBatchSize < 1)
    throw new InvalidArgumentError("embedBatchSize", "a whole number of at least 1", embedBatchSize);
  let vectors: VectorPieces | undefined;
  const total = documents.length;
  for (let start = 0; start < total; start += embedBatchSize) {
    signal?.throwIfAborted();
    const batch = documents.slice(start, start + embedBatchSize).map(({ pageContent }) => pageContent);
    const embedded = await embeddings.embedDocuments(batch);
    const known = dimensionsOf(embedded, batch.length, dimensions ?? vectors?.dimensions);
    vectors ??= new VectorPieces(known, total);
    await vectors.append(embedded, signal);
    onProgress?.({ step: "embed", done: start + batch.length, total });
  }
  return vectors ?? new VectorPieces(dimensions ?? 0, 0);
}
