import type { Field } from "./field.js";
import { unexpected } from "./unexpected.js";

/** A string. */
export const text: Field<string> = {
  schema: { type: "string" },
  read(value, where) {
    if (typeof value === "string") return value;
    throw unexpected(where, "a string", value);
  },
};
