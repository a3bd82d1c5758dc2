import { ModelPathError } from "../errors/model-path-error.js";

/**
 * Checks that a path (which may come from a file of the model, such as a shard index) stays inside the repository.
 * @returns the same path
 * @throws ModelPathError when it is empty, absolute, or has `..`, empty or backslashed parts
 */
export function repositoryPath(path: string): string {
  const parts = path.split("/");
  const outside = parts.some((part) => part === "" || part === "." || part === "..");
  if (outside || /[\\\0]|^[A-Za-z]:/.test(path)) throw new ModelPathError(path);
  return path;
}
