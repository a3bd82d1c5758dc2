import type { SimilarityFunction } from "../encoder.js";

/** `config_sentence_transformers.json` of an embedding model. */
export interface EmbeddingJson {
  readonly prompts?: Readonly<Record<string, string | null>>;
  readonly default_prompt_name?: string | null;
  readonly similarity_fn_name?: string | null;
  readonly truncate_dim?: number | null;
}

export interface EmbeddingConfig {
  readonly prompts: Readonly<Record<string, string>>;
  readonly defaultPromptName: string | undefined;
  readonly similarity: SimilarityFunction | undefined;
  /** Leading dimensions to keep; all when undefined. */
  readonly truncateDim: number | undefined;
}

const SIMILARITIES: readonly string[] = ["cosine", "dot", "euclidean", "manhattan"];

/** Reads an embedding model's defaults; a repository without the file has none. */
export function readEmbeddingConfig(json: EmbeddingJson = {}): EmbeddingConfig {
  const prompts = Object.entries(json.prompts ?? {}).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return {
    prompts: Object.fromEntries(prompts),
    defaultPromptName: json.default_prompt_name ?? undefined,
    similarity: isSimilarity(json.similarity_fn_name) ? json.similarity_fn_name : undefined,
    truncateDim: json.truncate_dim ?? undefined,
  };
}

function isSimilarity(name: string | null | undefined): name is SimilarityFunction {
  return typeof name === "string" && SIMILARITIES.includes(name);
}
