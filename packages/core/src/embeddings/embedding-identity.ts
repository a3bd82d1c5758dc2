/**
 * What decides which vectors embeddings compute. Whatever is missing is unknown, and agrees with anything.
 *
 * Precision (`dtype`) and where a model runs are not part of it: the vectors differ by little.
 */
export interface EmbeddingIdentity {
  /** Name by which everybody knows the model, such as a hub id. Never a path of this machine. */
  readonly model?: string;
  /** Version of the model under this name, such as the commit of its repository. */
  readonly revision?: string;
  /** Hash over the model's weights and settings: equal for the same files, wherever they are. */
  readonly fingerprint?: string;
  /** Text put before queries; "" if none is. */
  readonly queryPrompt?: string;
  /** Text put before documents; "" if none is. */
  readonly documentPrompt?: string;
  /** Whether every vector has length 1. */
  readonly normalized?: boolean;
  /** Length of every vector. */
  readonly dimensions?: number;
}
