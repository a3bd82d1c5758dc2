import type { DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";

interface CachedVector {
  readonly embeddings: EmbeddingsInterface;
  readonly text: string;
  readonly vector: readonly number[];
}

/**
 * Vectors that filters computed for documents, so that the next filter of a pipeline does not compute them again. They belong to
 * the document object, not to its metadata, so they are never serialised, and are freed with the document.
 */
const cache = new WeakMap<DocumentInterface, CachedVector>();

/** A cache of the vectors that filters computed. */
export const embeddingCache = {
  /** Returns the document's vector, if these embeddings made it from this text. */
  get(document: DocumentInterface, embeddings: EmbeddingsInterface): readonly number[] | undefined {
    const known = cache.get(document);
    return known?.embeddings === embeddings && known.text === document.pageContent ? known.vector : undefined;
  },

  set(document: DocumentInterface, embeddings: EmbeddingsInterface, vector: readonly number[]): void {
    cache.set(document, { embeddings, text: document.pageContent, vector });
  },

  /** Stores the vector of a document for a copy of it. */
  copy(from: DocumentInterface, to: DocumentInterface): void {
    const known = cache.get(from);
    if (known) cache.set(to, known);
  },
} as const;
