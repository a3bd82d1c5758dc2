import { isSystemError } from "@secondpass/core/node";
import { ModelFileAccessError } from "../errors/model-file-access-error.js";

/**
 * Runs work on a file of a model and turns errors of the operating system into typed ones.
 * @param path path in the repository; "" for its folder
 * @throws ModelFileAccessError for an error of the operating system; any other error of the work
 */
export async function withFileAccess<T>(model: string, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw isSystemError(cause) ? new ModelFileAccessError(model, path, cause) : cause;
  }
}
