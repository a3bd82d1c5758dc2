import type { Prompts } from "./prompts.js";

/** The properties that decide which vectors an encoder computes. Undefined means unknown. */
export interface EncoderIdentity {
  /** Id of the hub repository; undefined for a folder. */
  readonly repository: string | undefined;
  /** Commit of the repository. */
  readonly commit: string | undefined;
  /**
   * SHA-256 over the settings and samples of the weights. It is equal for the same files, in a folder or in the hub's cache. Undefined if they
   * are not on this machine.
   */
  readonly fingerprint: string | undefined;
  readonly prompts: Prompts | undefined;
  /** Whether the model's own modules scale every vector to length 1. */
  readonly normalizes: boolean | undefined;
}
