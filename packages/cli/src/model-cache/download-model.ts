import {
  type LoadOptions,
  loadCrossEncoder,
  loadEncoder,
  ModelKindError,
  UnsupportedRerankerError,
} from "@secondpass/hf-runtime";

/**
 * Downloads what loading a model needs, by loading it: which of a repository's files these are, only that tells.
 *
 * @returns what the model is
 */
export async function downloadModel(options: LoadOptions): Promise<"reranker" | "embedder"> {
  try {
    await (await loadCrossEncoder(options)).dispose();
    return "reranker";
  } catch (error) {
    if (!ModelKindError.isInstance(error) && !UnsupportedRerankerError.isInstance(error)) throw error;
  }
  await (await loadEncoder(options)).dispose();
  return "embedder";
}
