import type { ModelFiles } from "./model-source/model-files.js";
import type { ModuleJson } from "./modules/config/modules-json.js";
import { readModuleList } from "./modules/read-module-list.js";
import { type Routes, readRoutes } from "./modules/read-routes.js";

/** The modules of a repository. */
export interface ModelLists extends Routes {
  readonly files: ModelFiles;
  /** What modules.json lists, Routers among them. */
  readonly entries: readonly ModuleJson[];
}

/**
 * Reads what a repository lists, and the ways that its Routers lead.
 * @param isOwn whether that is a model of the requested kind: of another, sentence-transformers takes the transformer alone
 * @throws MalformedModelFileError, ModelFileNotFoundError, UnknownRouteError
 */
export async function readModelLists(files: ModelFiles, isOwn: boolean): Promise<ModelLists> {
  const entries = isOwn ? await readModuleList(files) : [];
  return { files, entries, ...(await readRoutes(files, entries)) };
}
