import type { EmbeddingIdentity } from "./embedding-identity.js";

/**
 * Embeddings that can report their {@link EmbeddingIdentity}. Stores record it when they are saved, and compare it when they are loaded.
 * Any class may implement it: stores look for the method's name.
 *
 * @example
 * class MyEmbeddings extends Embeddings implements IdentifiedEmbeddings {
 *   embeddingIdentity() {
 *     return { model: "acme/letters", revision: "2", queryPrompt: "", documentPrompt: "" };
 *   }
 * }
 */
export interface IdentifiedEmbeddings {
  /** The identity as far as it is known now. Does not load a model; leaves out fields that are unknown. */
  embeddingIdentity(options?: {
    readonly signal?: AbortSignal;
  }): EmbeddingIdentity | Promise<EmbeddingIdentity>;
}
