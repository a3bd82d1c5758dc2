import { RefusedGlobalError } from "../../errors/refused-global-error.js";
import { faissGlobal, langchainGlobals, type OnDocument } from "./langchain-globals.js";
import { numpyGlobals } from "./numpy/numpy-globals.js";
import { plainGlobals } from "./plain-globals.js";
import { pandasGlobals } from "./time/pandas-globals.js";
import { timeZoneGlobals } from "./time/time-zone-globals.js";
import type { PickleBudget } from "./values/pickle-budget.js";
import type { FindGlobal, PythonGlobal } from "./values/python-global.js";

/** Names of the same module in other versions of Python and of libraries. */
const MODULE_ALIASES: Readonly<Record<string, string>> = {
  __builtin__: "builtins",
  copy_reg: "copyreg",
  "pathlib._local": "pathlib",
  "backports.zoneinfo": "zoneinfo",
  "numpy.core.multiarray": "numpy._core.multiarray",
  "numpy.core.numeric": "numpy._core.numeric",
};

/** Names that stand for a value: pandas' missing value, which is None in plain data. */
const VALUES: readonly (readonly [string, unknown])[] = [
  ["pandas.NA", null],
  ["pandas._libs.missing.NA", null],
];

/** Longer than any name on the list. */
const MAX_NAME = 200;

/** The only names that a pickle may use. A closed list: what is not here is refused, whatever it is. */
export function allowedGlobals(budget: PickleBudget, onDocument: OnDocument): FindGlobal {
  const lists: PythonGlobal[][] = [
    plainGlobals(budget),
    timeZoneGlobals(budget),
    pandasGlobals(),
    numpyGlobals(budget),
    langchainGlobals(budget, onDocument),
  ];
  const globals = new Map<string, unknown>([
    ...VALUES,
    ...lists.flat().map((global) => [global.name, global] as const),
  ]);
  return (module, name) => {
    if (module.length + name.length > MAX_NAME) throw refused(module, name);
    const canonical = Object.hasOwn(MODULE_ALIASES, module) ? MODULE_ALIASES[module]! : module;
    const key = `${canonical}.${name}`;
    if (globals.has(key)) return globals.get(key);
    const index = faissGlobal(module, name, budget);
    if (index === undefined) throw refused(module, name);
    return index;
  };
}

function refused(module: string, name: string): RefusedGlobalError {
  const shown = `${module.slice(0, MAX_NAME)}.${name.slice(0, MAX_NAME)}`;
  return new RefusedGlobalError(shown);
}
