import type { DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { bindSignal } from "@secondpass/core";
import { embeddingCache } from "./embedding-cache.js";
import { ResultCountError } from "./errors/result-count-error.js";

/** Embeds documents: [documents] → [documents][dimensions]. Skips those that a filter has already embedded. */
export async function embedDocuments(
  embeddings: EmbeddingsInterface,
  documents: readonly DocumentInterface[],
  signal?: AbortSignal,
): Promise<(readonly number[])[]> {
  const vectors = documents.map((document) => embeddingCache.get(document, embeddings));
  const missing = documents.filter((_, index) => vectors[index] === undefined);
  const computed =
    missing.length === 0
      ? []
      : await bindSignal(embeddings, signal).embedDocuments(missing.map(({ pageContent }) => pageContent));
  if (computed.length !== missing.length) {
    throw new ResultCountError("embedDocuments", missing.length, computed.length);
  }
  missing.forEach((document, index) => {
    embeddingCache.set(document, embeddings, computed[index] as number[]);
  });
  let next = 0;
  return vectors.map((vector) => vector ?? (computed[next++] as number[]));
}
