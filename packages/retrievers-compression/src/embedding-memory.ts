import type { DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";

interface Remembered {
  readonly embeddings: EmbeddingsInterface;
  readonly text: string;
  readonly vector: readonly number[];
}

/**
 * Vectors that filters computed for documents, so that the next filter of a pipeline does not compute them again. They belong to
 * the document object, not to its metadata, so they are never serialised, and are freed with the document.
 */
const memory = new WeakMap<DocumentInterface, Remembered>();

/** A cache of the vectors that filters computed. */
export const embeddingMemory = {
  /** Returns the document's vector, if these embeddings made it from this text. */
  recall(document: DocumentInterface, embeddings: EmbeddingsInterface): readonly number[] | undefined {
    const known = memory.get(document);
    return known?.embeddings === embeddings && known.text === document.pageContent ? known.vector : undefined;
  },

  remember(document: DocumentInterface, embeddings: EmbeddingsInterface, vector: readonly number[]): void {
    memory.set(document, { embeddings, text: document.pageContent, vector });
  },

  /** Stores the vector of a document for a copy of it. */
  copy(from: DocumentInterface, to: DocumentInterface): void {
    const known = memory.get(from);
    if (known) memory.set(to, known);
  },
} as const;
