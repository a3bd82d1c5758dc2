import type { Field } from "./field.js";
import { unexpected } from "./unexpected.js";

/** A boolean, or one of the strings "true" and "false" in upper or lower case, which some clients send. */
export const flag: Field<boolean> = {
  schema: {
    anyOf: [{ type: "boolean" }, { type: "string", pattern: "^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$" }],
  },
  read(value, where) {
    if (typeof value === "boolean") return value;
    if (typeof value === "string" && /^(true|false)$/i.test(value)) return value.toLowerCase() === "true";
    throw unexpected(where, "a boolean", value);
  },
};
