import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import { className } from "../model-source/class-name.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { ModuleFiles } from "./config/module-files.js";
import type { Module, ModuleContext } from "./module.js";
import { MODULE_KINDS } from "./module-kinds.js";

/** An entry of modules.json. */
export interface ModuleJson {
  /** Folder of the module in the repository; "" is the root. */
  readonly path: string;
  /** Python's class path. */
  readonly type: string;
}

/**
 * Loads the modules of a model in their order.
 * @param entries what modules.json lists
 * @param implied class names of the modules that a model has whether or not it lists them, from its start on
 * @throws UnsupportedModuleError for a kind that is not built here
 * @throws ModelFileNotFoundError if the configuration of a listed one is missing
 */
export async function loadModules(
  files: ModelFiles,
  entries: readonly ModuleJson[],
  implied: readonly string[],
  context: ModuleContext,
): Promise<readonly Module[]> {
  const modules: Module[] = [];
  for (const { type, path, isImplied } of withImplied(entries, implied)) {
    const name = className(type);
    const kind = MODULE_KINDS.find((known) => known.type === name);
    if (!kind) {
      throw new UnsupportedModuleError(
        "module",
        type,
        MODULE_KINDS.map((known) => known.type),
      );
    }
    const own = new ModuleFiles(files, path);
    const config = kind.hasConfig && !isImplied ? await own.readConfig() : {};
    modules.push(await kind.load(own, config, context));
  }
  return modules;
}

function withImplied(entries: readonly ModuleJson[], implied: readonly string[]) {
  const all = entries.map((entry) => ({ ...entry, isImplied: false }));
  for (const [place, type] of implied.entries()) {
    if (all.some((entry) => className(entry.type) === type)) continue;
    all.splice(place, 0, { type, path: "", isImplied: true });
  }
  return all;
}
