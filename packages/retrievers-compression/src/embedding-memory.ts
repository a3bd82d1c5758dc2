import type { DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";

interface Remembered {
  readonly embeddings: EmbeddingsInterface;
  readonly text: string;
  readonly vector: readonly number[];
}

/**
 * The vector that a filter computed for a document, so that the next filter of a pipeline need not compute it again. It hangs
 * on the document object, not in its metadata: nobody sees or serialises it, and it goes when the document goes.
 */
const memory = new WeakMap<DocumentInterface, Remembered>();

/** What filters remember of the documents that they embedded. */
export const embeddingMemory = {
  /** The document's vector, if these embeddings made it from this text. */
  recall(document: DocumentInterface, embeddings: EmbeddingsInterface): readonly number[] | undefined {
    const known = memory.get(document);
    return known?.embeddings === embeddings && known.text === document.pageContent ? known.vector : undefined;
  },

  remember(document: DocumentInterface, embeddings: EmbeddingsInterface, vector: readonly number[]): void {
    memory.set(document, { embeddings, text: document.pageContent, vector });
  },

  /** Gives the vector of a document to a copy of it. */
  copy(from: DocumentInterface, to: DocumentInterface): void {
    const known = memory.get(from);
    if (known) memory.set(to, known);
  },
} as const;
