import type { LoadOptions } from "../contracts/load-options.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { CacheLayout } from "./cache-layout.js";
import { CachedModelFiles } from "./cached-model-files.js";
import { hubSettings } from "./hub-settings.js";

/**
 * The files of a model that are on this machine. Nothing is downloaded.
 * @param options the options that the model was opened with
 * @returns undefined if the cache has no file of the commit
 */
export async function cachedCopy(files: ModelFiles, options: LoadOptions): Promise<ModelFiles | undefined> {
  if (files.commit === undefined) return files;
  const cache = new CacheLayout(hubSettings(options).cacheDir, files.model);
  return CachedModelFiles.find(cache, files.commit, "Load the model once.");
}
