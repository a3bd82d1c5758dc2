import { ModelPathError } from "../errors/model-path-error.js";

/**
 * Checks that a path (which may come from a file of the model, such as a shard index) stays inside the repository.
 * @returns the same path
 * @throws ModelPathError when it is empty, absolute, or has `..`, empty or backslashed parts
 */
export function repositoryPath(path: string): string {
  if (!isRepositoryPath(path)) throw new ModelPathError(path);
  return path;
}

/** Whether something is a path that stays inside the repository it is a path of, on every system. */
export function isRepositoryPath(path: unknown): path is string {
  if (typeof path !== "string" || /[\\\0]|^[A-Za-z]:/.test(path)) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
