export { InvalidOptionError } from "./errors/invalid-option-error.js";
export { HuggingFaceEmbeddings, type HuggingFaceEmbeddingsFields } from "./hugging-face-embeddings.js";
export type { PromptChoice, Prompts } from "./prompts.js";
