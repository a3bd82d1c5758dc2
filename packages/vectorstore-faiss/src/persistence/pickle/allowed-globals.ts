import { ForbiddenGlobalError } from "../../errors/forbidden-global-error.js";
import { faissGlobal, langchainGlobals, type OnDocument } from "./langchain-globals.js";
import { numpyGlobals } from "./numpy/numpy-globals.js";
import { plainGlobals } from "./plain-globals.js";
import { pandasGlobals } from "./time/pandas-globals.js";
import { timeZoneGlobals } from "./time/time-zone-globals.js";
import type { PickleBudget } from "./values/pickle-budget.js";
import type { FindGlobal, PythonGlobal } from "./values/python-global.js";

/** The current name of modules that other versions of Python and of libraries name differently. */
const MODULE_ALIASES: Readonly<Record<string, string>> = {
  __builtin__: "builtins",
  copy_reg: "copyreg",
  "pathlib._local": "pathlib",
  "backports.zoneinfo": "zoneinfo",
  "numpy.core.multiarray": "numpy._core.multiarray",
  "numpy.core.numeric": "numpy._core.numeric",
};

/** Names whose value is known: pandas' missing value becomes None. */
const VALUES: readonly (readonly [string, unknown])[] = [
  ["pandas.NA", null],
  ["pandas._libs.missing.NA", null],
];

/** Longer than any name on the list. */
const MAX_NAME = 200;

/** Looks up the only names that a pickle may use. The list is closed: every other name throws a `ForbiddenGlobalError`. */
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
    if (module.length + name.length > MAX_NAME) throw notAllowed(module, name);
    const canonical = Object.hasOwn(MODULE_ALIASES, module) ? MODULE_ALIASES[module]! : module;
    const key = `${canonical}.${name}`;
    if (globals.has(key)) return globals.get(key);
    const index = faissGlobal(module, name, budget);
    if (index === undefined) throw notAllowed(module, name);
    return index;
  };
}

function notAllowed(module: string, name: string): ForbiddenGlobalError {
  const shown = `${module.slice(0, MAX_NAME)}.${name.slice(0, MAX_NAME)}`;
  return new ForbiddenGlobalError(shown);
}
