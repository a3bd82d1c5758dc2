import { anything } from "./values/anything.js";

/** Name of a model, which may be missing. Any value except a string counts as missing. */
export const MODEL_NAME = anything({ anyOf: [{ type: "string" }, { type: "null" }] });
