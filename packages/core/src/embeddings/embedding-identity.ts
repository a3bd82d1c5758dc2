/**
 * The model and settings that determine the vectors of embeddings. A field that is missing is unknown and matches any value.
 *
 * Precision (`dtype`) and the place where a model runs are not part of it, because they change the vectors only slightly.
 */
export interface EmbeddingIdentity {
  /** Public name of the model, such as a hub id. Never a local path. */
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
