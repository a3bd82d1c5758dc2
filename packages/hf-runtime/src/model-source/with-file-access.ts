import { isSystemError } from "@secondpass/core/node";
import { ModelFileAccessError } from "../errors/model-file-access-error.js";

/**
 * Runs work on a file of a model.
 * @param path in the repository; "" for its folder
 * @throws ModelFileAccessError in place of what the operating system says, and whatever else the work throws
 */
export async function withFileAccess<T>(model: string, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw isSystemError(cause) ? new ModelFileAccessError(model, path, cause) : cause;
  }
}
