import { array, check, maxLength, pipe, string } from "valibot";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";

/** An entry of modules.json. */
export interface ModuleJson {
  /** Folder of the module in the repository; "" is the root. */
  readonly path: string;
  /** Python's class path. */
  readonly type: string;
  /** Python's name of the module. If two modules have the same name, Python drops the first. */
  readonly name?: unknown;
}

/** Maximum number of modules, because each becomes a part of the graph. */
const MAX_MODULES = 100;

/** Schema of modules.json. */
export const modulesJson: JsonSchema<readonly ModuleJson[]> = pipe(
  array(objectOf({ path: string(), type: string() })),
  maxLength(MAX_MODULES, `a list of at most ${MAX_MODULES} modules`),
  check((modules) => haveOwnNames(modules), "a list of modules with different names"),
);

function haveOwnNames(modules: readonly ModuleJson[]): boolean {
  const names = modules.map(({ name }) => name).filter((name) => name != null);
  return new Set(names).size === names.length;
}
