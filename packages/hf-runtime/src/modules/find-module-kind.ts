import { className } from "../model-source/class-name.js";
import type { ModuleKind } from "./module.js";
import { MODULE_KINDS } from "./module-kinds.js";

/** The kind of a module by Python's class path; undefined if it is not built here. */
export function findModuleKind(type: string): ModuleKind | undefined {
  const name = className(type);
  return MODULE_KINDS.find((kind) => kind.type === name || kind.aliases?.includes(name));
}
