import type { ModelFiles } from "../model-source/model-files.js";
import { moduleFolder } from "./config/module-folder.js";
import { type ModuleJson, modulesJson } from "./config/modules-json.js";

/** Reads the list in modules.json, with all folders in the same form. Empty if the repository has no such file. */
export async function readModuleList(files: ModelFiles): Promise<readonly ModuleJson[]> {
  const entries = (await files.readJson("modules.json", modulesJson)) ?? [];
  return entries.map(({ type, path }) => ({ type, path: moduleFolder(path) }));
}
