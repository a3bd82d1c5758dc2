import {
  type LoadOptions,
  loadCrossEncoder,
  loadEncoder,
  ModelKindError,
  UnsupportedRerankerError,
} from "@secondpass/hf-runtime";

/**
 * Downloads the files that a model needs by loading it, because only the loader knows which files of a repository these are.
 *
 * @returns the kind of the model
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
