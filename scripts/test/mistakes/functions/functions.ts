import { CORE_FUNCTIONS } from "./core-functions.js";
import { EVALUATION_FUNCTIONS } from "./evaluation-functions.js";
import { FAISS_FUNCTIONS } from "./faiss-functions.js";
import type { FunctionCalls } from "./function-calls.js";
import { NODE_FUNCTIONS } from "./node-functions.js";
import { OTHER_FUNCTIONS } from "./other-functions.js";

/** A valid call of each function that a published package exports, by the module that it is imported from. */
export const FUNCTIONS: Readonly<Record<string, FunctionCalls>> = {
  "@secondpass/core": CORE_FUNCTIONS,
  "@secondpass/core/node": NODE_FUNCTIONS,
  "@secondpass/evaluation": EVALUATION_FUNCTIONS,
  ...FAISS_FUNCTIONS,
  ...OTHER_FUNCTIONS,
};
