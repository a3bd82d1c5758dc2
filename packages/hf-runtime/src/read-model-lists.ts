import type { ModelFiles } from "./model-source/model-files.js";
import type { ModuleJson } from "./modules/config/modules-json.js";
import { readModuleList } from "./modules/read-module-list.js";
import { type Routes, readRoutes } from "./modules/read-routes.js";

/** The modules of a repository. */
export interface ModelLists extends Routes {
  readonly files: ModelFiles;
  /** The list in modules.json, including Routers. */
  readonly entries: readonly ModuleJson[];
}

/**
 * Reads a repository's list of modules and the routes of its Routers.
 * @param isOwn whether the list is of a model of the requested kind. From another kind, sentence-transformers only takes the transformer
 * @throws MalformedModelFileError, ModelFileNotFoundError, UnknownRouteError
 */
export async function readModelLists(files: ModelFiles, isOwn: boolean): Promise<ModelLists> {
  const entries = isOwn ? await readModuleList(files) : [];
  return { files, entries, ...(await readRoutes(files, entries)) };
}
