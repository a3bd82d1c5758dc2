import type { TextPair } from "@secondpass/core";

/** A loaded cross-encoder, as far as serving needs it: what `loadCrossEncoder` of @secondpass/hf-runtime returns is one. */
export interface ServedModel {
  /** Name or folder, for the log. */
  readonly model: string;
  /** [labels] names, by index. */
  readonly labels: readonly string[];
  /** Longest pair in tokens, special tokens counted. */
  readonly maxLength: number;
  /** Number of tokens of a pair, special tokens counted, uncut. */
  countTokens(text: string, pair?: string): number;
  /** [pairs] → raw logits [pairs][labels], in the caller's order. When the signal aborts, passes not begun are dropped. */
  logits(pairs: readonly TextPair[], options?: { readonly signal?: AbortSignal }): Promise<Float32Array[]>;
  /** Frees the model. */
  dispose(): Promise<void>;
}
