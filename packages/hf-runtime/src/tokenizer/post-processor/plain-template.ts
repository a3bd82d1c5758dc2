import type { PostProcessor } from "./post-processor.js";

/** `tokenizers`' result without a post-processor: no special tokens, the second text as segment 1. */
export const plainTemplate: PostProcessor = {
  single: [{ text: "A", typeId: 0 }],
  pair: [
    { text: "A", typeId: 0 },
    { text: "B", typeId: 1 },
  ],
};
