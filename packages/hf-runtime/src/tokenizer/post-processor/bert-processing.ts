import { type ClsSepJson, clsSepTemplate } from "./cls-sep-template.js";
import type { PostProcessorKind } from "./post-processor.js";

/** BERT's: `[CLS] A [SEP] B [SEP]`, the second text as segment 1. */
export const bertProcessing: PostProcessorKind<ClsSepJson> = {
  type: "BertProcessing",
  create: (json) => clsSepTemplate(json, { sepsBetween: 1, pairTypeId: 1 }),
};
