import { plainTemplate } from "./plain-template.js";
import type { PostProcessorKind } from "./post-processor.js";

/** Changes the offsets of tokens only, which are not computed here. */
export const byteLevel: PostProcessorKind = {
  type: "ByteLevel",
  create: () => plainTemplate,
};
