import { NoSafetensorsError } from "../errors/no-safetensors-error.js";
import type { ModelFiles } from "./model-files.js";
import { weightIndexJson } from "./weight-index-json.js";

const WHOLE = "model.safetensors";
const INDEX = "model.safetensors.index.json";
/** Weights that other frameworks wrote. */
const OTHER_WEIGHTS = /^(pytorch_model.*\.bin|tf_model\.h5|flax_model\.msgpack|model\.ckpt.*)$/;

/**
 * Names of a model's safetensors files in its repository: one, or its shards; none where it has no such weights.
 * @throws MalformedModelFileError if the index does not name a file for each tensor
 */
export async function safetensorsNames(files: ModelFiles): Promise<readonly string[]> {
  if (await files.has(WHOLE)) return [WHOLE];
  const index = await files.readJson(INDEX, weightIndexJson);
  if (index === undefined) return [];
  return [...new Set(Object.values(index.weight_map))].sort();
}

/**
 * Fetches a model's safetensors files and gives their real paths, for {@link buildGraph}.
 *
 * @throws NoSafetensorsError where the repository has weights of other formats only, or none; it says how to convert them
 */
export async function findWeightFiles(files: ModelFiles): Promise<readonly string[]> {
  const names = await safetensorsNames(files);
  if (names.length > 0) return Promise.all(names.map((name) => files.localPath(name)));
  const others = (await files.list()).filter((path) => OTHER_WEIGHTS.test(path));
  throw new NoSafetensorsError(files.model, others);
}
