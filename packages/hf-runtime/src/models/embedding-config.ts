import type { SimilarityFunction } from "../contracts/encoder.js";
import type { Prompts } from "../contracts/prompts.js";
import type { SentenceTransformersJson } from "../model-source/sentence-transformers-json.js";
import { promptsOf } from "../prompts/prompts-of.js";

/** An embedding model's defaults. */
export interface EmbeddingConfig extends Prompts {
  readonly similarity: SimilarityFunction | undefined;
  /** Number of leading dimensions to keep; all if undefined. */
  readonly truncateDim: number | undefined;
}

const SIMILARITIES: readonly string[] = ["cosine", "dot", "euclidean", "manhattan"];

/** Reads an embedding model's defaults from `config_sentence_transformers.json`. Without it there are no prompts, and all dimensions are kept. */
export function embeddingConfigOf({
  similarity_fn_name,
  truncate_dim,
  ...prompts
}: SentenceTransformersJson): EmbeddingConfig {
  return {
    ...promptsOf(prompts),
    similarity: isSimilarity(similarity_fn_name) ? similarity_fn_name : undefined,
    truncateDim: truncate_dim ?? undefined,
  };
}

function isSimilarity(name: string | null | undefined): name is SimilarityFunction {
  return typeof name === "string" && SIMILARITIES.includes(name);
}
