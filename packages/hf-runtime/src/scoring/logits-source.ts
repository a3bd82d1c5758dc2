import type { TextPair } from "@secondpass/core";
import type { PredictOptions } from "../contracts/cross-encoder.js";

/** Options of a {@link LogitsSource}: those of a call, with the prompt's name resolved to its text. */
export interface LogitsOptions extends Omit<PredictOptions, "activation" | "promptName"> {
  /** Position in the caller's list of each pair, for errors. @default the pairs are the caller's list */
  readonly positions?: readonly number[];
}

/** [pairs] → raw logits [pairs][numLabels], in the caller's order. */
export type LogitsSource = (pairs: readonly TextPair[], options: LogitsOptions) => Promise<Float32Array[]>;
