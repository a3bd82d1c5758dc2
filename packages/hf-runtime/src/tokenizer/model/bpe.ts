import { BpeModel } from "./bpe-model.js";
import type { ModelKind } from "./model.js";

/** Byte-pair encoding: GPT-2's and RoBERTa's model, and with byte fallback Llama's. */
export const bpe: ModelKind = {
  type: "BPE",
  create: (json) => BpeModel.of(json),
};
