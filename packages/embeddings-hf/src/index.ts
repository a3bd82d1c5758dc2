export { InvalidOptionError, SecondpassError } from "@secondpass/core";
export { HuggingFaceEmbeddings, type HuggingFaceEmbeddingsFields } from "./hugging-face-embeddings.js";
export type { PromptChoice, Prompts } from "./prompts.js";
