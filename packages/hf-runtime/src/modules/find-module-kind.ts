import { className } from "../model-source/class-name.js";
import type { ModuleKind } from "./module.js";
import { MODULE_KINDS } from "./module-kinds.js";

/** Finds a kind of module by Python's class path; undefined if it is not supported here. */
export function findModuleKind(type: string): ModuleKind | undefined {
  const name = className(type);
  return MODULE_KINDS.find((kind) => kind.type === name || kind.aliases?.includes(name));
}
