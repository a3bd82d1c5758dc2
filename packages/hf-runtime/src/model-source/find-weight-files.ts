import { NoSafetensorsError } from "../errors/no-safetensors-error.js";
import type { ModelFiles } from "./model-files.js";
import { weightIndexJson } from "./weight-index-json.js";

/** Files of weights that a graph can be built of: one, or an index of several. The first that is there is used, as in transformers. */
export const WEIGHT_FILES = [
  "model.safetensors",
  "model.safetensors.index.json",
  "pytorch_model.bin",
  "pytorch_model.bin.index.json",
];
const INDEX = ".index.json";
/** Weights that other frameworks wrote. */
const OTHER_WEIGHTS = /^(tf_model\.h5|flax_model\.msgpack|model\.ckpt.*)$/;

/**
 * Names of a model's files of weights in its repository: one, or its shards; none if it has no such weights.
 * @throws MalformedModelFileError if the index does not name a file for each tensor
 */
export async function weightFileNames(files: ModelFiles): Promise<readonly string[]> {
  for (const name of WEIGHT_FILES) {
    if (!(await files.has(name))) continue;
    if (!name.endsWith(INDEX)) return [name];
    const index = await files.readJson(name, weightIndexJson);
    return [...new Set(Object.values(index?.weight_map ?? {}))].sort();
  }
  return [];
}

/**
 * Fetches a model's files of weights and gives their real paths, for {@link buildGraph}.
 *
 * @throws NoSafetensorsError if the repository has weights of other formats only, or none; it says how to convert them
 */
export async function findWeightFiles(files: ModelFiles): Promise<readonly string[]> {
  const names = await weightFileNames(files);
  if (names.length > 0) return Promise.all(names.map((name) => files.localPath(name)));
  const others = (await files.list()).filter((path) => OTHER_WEIGHTS.test(path));
  throw new NoSafetensorsError(files.model, others);
}
