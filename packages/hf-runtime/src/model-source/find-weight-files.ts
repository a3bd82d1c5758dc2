import { NoSafetensorsError } from "../errors/no-safetensors-error.js";
import type { ModelFiles } from "./model-files.js";
import { weightIndexJson } from "./weight-index-json.js";

/** Weights files that a graph can be built from: one file, or an index of several. The first one that exists is used, as in transformers. */
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
 * Paths of a model's weights files in its repository: one file, or the shards; an empty list if it has no such weights.
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
 * Fetches a model's weights files and returns their real paths, for {@link buildGraph}.
 *
 * @throws NoSafetensorsError if the repository has only weights of other formats, or none; it says how to convert them
 */
export async function findWeightFiles(files: ModelFiles): Promise<readonly string[]> {
  const names = await weightFileNames(files);
  if (names.length > 0) return Promise.all(names.map((name) => files.localPath(name)));
  const others = (await files.list()).filter((path) => OTHER_WEIGHTS.test(path));
  throw new NoSafetensorsError(files.model, others);
}
