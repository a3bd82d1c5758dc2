import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { ModelNotFoundError } from "../errors/model-not-found-error.js";
import type { LoadOptions } from "../load-options.js";
import { LocalModelFiles } from "./local-model-files.js";
import type { ModelFiles } from "./model-files.js";

/**
 * Finds a model's files: an existing folder wins (as in Python), anything else is read as a hub id.
 * @throws ModelNotFoundError when it is neither
 */
export async function resolveModel(options: LoadOptions): Promise<ModelFiles> {
  const folder = resolve(options.model);
  if (await isFolder(folder)) return new LocalModelFiles(options.model, folder);
  throw new ModelNotFoundError(options.model, folder);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
