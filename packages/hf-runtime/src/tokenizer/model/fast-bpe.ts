import { FastBpeModel } from "./fast-bpe-model.js";
import type { ModelKind } from "./model.js";

/** Byte-pair encoding as fastBPE writes it: PhoBERT's model, whose files are vocab.txt and bpe.codes. */
export const fastBpe: ModelKind = {
  type: "FastBPE",
  create: (json) => FastBpeModel.of(json),
};
