import { FileWriteError, isSystemError } from "@secondpass/core/node";
import { ModelCacheError } from "../errors/model-cache-error.js";
import type { CacheLayout } from "./cache-layout.js";

/**
 * Runs work on the cache.
 * @throws ModelCacheError in place of what the operating system says, and whatever else the work throws
 */
export async function withModelCache<T>(
  { model, cacheDir }: Pick<CacheLayout, "model" | "cacheDir">,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const isRefusal = isSystemError(cause) || FileWriteError.isInstance(cause);
    throw isRefusal ? new ModelCacheError(model, cacheDir, { cause }) : cause;
  }
}
