import { MalformedModelFileError } from "../errors/malformed-model-file-error.js";
import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import { className } from "../model-source/class-name.js";
import type { ModelFiles } from "../model-source/model-files.js";
import { ModuleFiles } from "./config/module-files.js";
import type { ModuleJson } from "./config/modules-json.js";
import { findModuleKind } from "./find-module-kind.js";
import type { Module, ModuleContext } from "./module.js";
import { MODULE_KINDS } from "./module-kinds.js";
import { transformer } from "./transformer.js";

/**
 * Loads the modules of a model in order.
 * @param entries the list in modules.json
 * @throws UnsupportedModuleError for a kind that is not supported here
 * @throws MalformedModelFileError if the first module does not read texts, or a later one is a transformer
 * @throws ModelFileNotFoundError if a listed module's configuration is missing
 */
export async function loadModules(
  files: ModelFiles,
  entries: readonly ModuleJson[],
  context: ModuleContext,
): Promise<readonly Module[]> {
  checkOrder(files.model, entries);
  const modules: Module[] = [];
  for (const { type, path } of entries) {
    const kind = findModuleKind(type);
    if (!kind) {
      throw new UnsupportedModuleError(
        "module",
        type,
        MODULE_KINDS.map((known) => known.type),
      );
    }
    const own = new ModuleFiles(files, path);
    const config = kind.config ? await own.readConfig(kind.config, kind.configIsOptional) : {};
    modules.push(await kind.load(own, config, context));
  }
  return modules;
}

function checkOrder(model: string, entries: readonly ModuleJson[]): void {
  const [first, ...others] = entries.map(({ type }) => findModuleKind(type));
  // An unknown module gets its own error later.
  if (!first || (first.isInput && !others.includes(transformer))) return;
  const got = entries
    .slice(0, 5)
    .map(({ type }) => className(type))
    .join(", ");
  throw new MalformedModelFileError(
    model,
    "modules.json",
    "a list that begins with its only Transformer, or a StaticEmbedding",
    {
      got,
    },
  );
}
