import { plainTemplate } from "./plain-template.js";
import type { PostProcessorKind } from "./post-processor.js";

/** Adds no special tokens: this kind only changes the places of tokens. */
export const byteLevel: PostProcessorKind = {
  type: "ByteLevel",
  create: () => plainTemplate,
};
