import type { TextOption } from "../contract/option.js";

/** The option of all commands that rerank. */
export const RERANKER_OPTION = {
  kind: "text",
  value: "ID|FOLDER",
  default: "mini-reranker",
  help: "reranker from the Hugging Face hub or a folder",
} as const satisfies TextOption;
