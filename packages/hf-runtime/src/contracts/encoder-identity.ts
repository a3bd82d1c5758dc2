import type { Prompts } from "./prompts.js";

/** What decides which vectors an encoder computes. Whatever is undefined is unknown. */
export interface EncoderIdentity {
  /** Id of the hub repository; undefined for a folder. */
  readonly repository: string | undefined;
  /** Commit of the repository. */
  readonly commit: string | undefined;
  /**
   * SHA-256 over the settings and samples of the weights: equal for the same files, in a folder or in the hub's cache. Undefined if they are not on
   * this machine.
   */
  readonly fingerprint: string | undefined;
  readonly prompts: Prompts | undefined;
  /** Whether the model's own steps scale every vector to length 1. */
  readonly normalizes: boolean | undefined;
}
