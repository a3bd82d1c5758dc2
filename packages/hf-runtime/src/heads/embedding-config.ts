import type { SimilarityFunction } from "../encoder.js";
import type { ModelFiles } from "../files/model-files.js";

/** `config_sentence_transformers.json` of an embedding model. */
interface EmbeddingJson {
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

/**
 * Reads an embedding model's defaults from `config_sentence_transformers.json`. Without a `modules.json` beside it, the model
 * is a bare transformer to sentence-transformers, which then looks no further: no prompts, all dimensions.
 */
export async function readEmbeddingConfig(files: ModelFiles): Promise<EmbeddingConfig> {
  const isSentenceTransformer = await files.has("modules.json");
  const json = isSentenceTransformer
    ? await files.readJson<EmbeddingJson>("config_sentence_transformers.json")
    : {};
  const { prompts = {}, default_prompt_name, similarity_fn_name, truncate_dim } = json ?? {};
  return {
    prompts: Object.fromEntries(Object.entries(prompts).map(([name, text]) => [name, text ?? ""])),
    defaultPromptName: default_prompt_name ?? undefined,
    similarity: isSimilarity(similarity_fn_name) ? similarity_fn_name : undefined,
    truncateDim: truncate_dim ?? undefined,
  };
}

function isSimilarity(name: string | null | undefined): name is SimilarityFunction {
  return typeof name === "string" && SIMILARITIES.includes(name);
}
