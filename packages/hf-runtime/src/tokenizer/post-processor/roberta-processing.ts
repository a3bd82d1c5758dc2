import { type ClsSepJson, clsSepTemplate } from "./cls-sep-template.js";
import type { PostProcessorKind } from "./post-processor.js";

/** RoBERTa's: `<s> A </s></s> B </s>`, all of segment 0. */
export const robertaProcessing: PostProcessorKind<ClsSepJson> = {
  type: "RobertaProcessing",
  create: (json) => clsSepTemplate(json, { sepsBetween: 2, pairTypeId: 0 }),
};
