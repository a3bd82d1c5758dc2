import { FileWriteError, isSystemError } from "@secondpass/core/node";
import { ModelCacheError } from "../errors/model-cache-error.js";
import type { CacheLayout } from "./cache-layout.js";

/**
 * Runs work on the cache and turns errors of the operating system into typed ones.
 * @throws ModelCacheError for an error of the operating system; any other error of the work
 */
export async function withModelCache<T>(
  { model, cacheDir }: Pick<CacheLayout, "model" | "cacheDir">,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const isFileError = isSystemError(cause) || FileWriteError.isInstance(cause);
    throw isFileError ? new ModelCacheError(model, cacheDir, { cause }) : cause;
  }
}
