import type { TextPair } from "@secondpass/core";
import type { PredictOptions } from "../contracts/cross-encoder.js";

/** Options of a {@link LogitsSource}: those of a call, with the prompt's name resolved to its text. */
export type LogitsOptions = Omit<PredictOptions, "activation" | "promptName">;

/** [pairs] → raw logits [pairs][numLabels], in the caller's order. */
export type LogitsSource = (pairs: readonly TextPair[], options: LogitsOptions) => Promise<Float32Array[]>;
