import { ModelPathError } from "../errors/model-path-error.js";

/**
 * Checks that a path (which may come from a file of the model, such as a shard index) stays inside the repository.
 * @returns the same path
 * @throws ModelPathError if it is empty or absolute, has `..` or empty parts, or contains a backslash
 */
export function repositoryPath(path: string): string {
  if (!isRepositoryPath(path)) throw new ModelPathError(path);
  return path;
}

/** Whether a value is a path that stays inside its repository, on every operating system. */
export function isRepositoryPath(path: unknown): path is string {
  if (typeof path !== "string" || /[\\\0]|^[A-Za-z]:/.test(path)) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
