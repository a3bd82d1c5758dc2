import type { EmbeddingIdentity } from "./embedding-identity.js";

/**
 * Embeddings that know which vectors they compute. Stores record it when they are saved, and compare it when they are loaded. Any class
 * may implement it; it is looked for by the method's name.
 *
 * @example
 * class MyEmbeddings extends Embeddings implements IdentifiedEmbeddings {
 *   embeddingIdentity() {
 *     return { model: "acme/letters", revision: "2", queryPrompt: "", documentPrompt: "" };
 *   }
 * }
 */
export interface IdentifiedEmbeddings {
  /** What is known now. Does not load a model, and leaves out what cannot be found out. */
  embeddingIdentity(options?: {
    readonly signal?: AbortSignal;
  }): EmbeddingIdentity | Promise<EmbeddingIdentity>;
}
