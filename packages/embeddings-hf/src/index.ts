export { InvalidOptionError, SecondpassError, UnknownOptionError } from "@secondpass/core";
export type { CutTexts } from "./cut-texts.js";
export { HuggingFaceEmbeddings, type HuggingFaceEmbeddingsFields } from "./hugging-face-embeddings.js";
export {
  HuggingFaceMultiVectorEmbeddings,
  type HuggingFaceMultiVectorEmbeddingsFields,
} from "./hugging-face-multi-vector-embeddings.js";
export {
  HuggingFaceSparseEmbeddings,
  type HuggingFaceSparseEmbeddingsFields,
  type SparseEmbedding,
} from "./hugging-face-sparse-embeddings.js";
export type { PromptChoice, Prompts } from "./prompts.js";
export { sparseSimilarity } from "./sparse-similarity.js";
