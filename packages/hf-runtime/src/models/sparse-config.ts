import type { SimilarityFunction } from "../contracts/encoder.js";
import type { Prompts } from "../contracts/prompts.js";
import type { SentenceTransformersJson } from "../model-source/sentence-transformers-json.js";
import { embeddingConfigOf } from "./embedding-config.js";

/** A sparse encoder's defaults. */
export interface SparseConfig extends Prompts {
  readonly similarity: SimilarityFunction;
  /** Maximum count of numbers in a vector; no limit if undefined. */
  readonly maxActiveDims: number | undefined;
}

/** Reads a sparse encoder's defaults from `config_sentence_transformers.json`. */
export function sparseConfigOf(own: SentenceTransformersJson): SparseConfig {
  const { prompts, defaultPromptName, similarity = "dot" } = embeddingConfigOf(own);
  return { prompts, defaultPromptName, similarity, maxActiveDims: own.max_active_dims ?? undefined };
}
