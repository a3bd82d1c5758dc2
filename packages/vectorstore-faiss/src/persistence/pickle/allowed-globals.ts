import { RefusedGlobalError } from "../../errors/refused-global-error.js";
import { faissGlobal, langchainGlobals, type OnDocument } from "./langchain-globals.js";
import { numpyGlobals } from "./numpy-globals.js";
import { plainGlobals } from "./plain-globals.js";
import type { PythonGlobal } from "./python-global.js";

/** Names of the same module in other Python, numpy and pathlib versions. */
const MODULE_ALIASES: Readonly<Record<string, string>> = {
  __builtin__: "builtins",
  copy_reg: "copyreg",
  "pathlib._local": "pathlib",
  "numpy.core.multiarray": "numpy._core.multiarray",
};

/** Looks up the names a pickle asks for. @throws RefusedGlobalError for every name that is not on the list */
export type FindGlobal = (module: string, name: string) => PythonGlobal;

/** The only names that a pickle may use. A closed list: what is not here is refused, whatever it is. */
export function allowedGlobals(onDocument: OnDocument): FindGlobal {
  const globals = new Map(
    [...plainGlobals(), ...numpyGlobals(), ...langchainGlobals(onDocument)].map((global) => [
      global.name,
      global,
    ]),
  );
  return (module, name) => {
    const canonical = Object.hasOwn(MODULE_ALIASES, module) ? MODULE_ALIASES[module]! : module;
    const global = globals.get(`${canonical}.${name}`) ?? faissGlobal(module, name);
    if (global === undefined) throw new RefusedGlobalError(`${module}.${name}`);
    return global;
  };
}
