import { anything } from "./values/anything.js";

/** Name of a model, which may be missing. What is not a string counts as missing. */
export const MODEL_NAME = anything({ anyOf: [{ type: "string" }, { type: "null" }] });
