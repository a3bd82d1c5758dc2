import type { TextPair } from "@secondpass/core";
import type { PredictOptions } from "../contracts/cross-encoder.js";

export type LogitsOptions = Omit<PredictOptions, "activation">;

/** [pairs] → raw logits [pairs][numLabels], in the caller's order. */
export type LogitsSource = (pairs: readonly TextPair[], options: LogitsOptions) => Promise<Float32Array[]>;
