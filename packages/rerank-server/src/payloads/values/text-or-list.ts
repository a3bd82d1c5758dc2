import type { Field } from "./field.js";
import { text } from "./text.js";
import { unexpected } from "./unexpected.js";

/** A string or a list of strings. */
export const textOrList: Field<string | readonly string[]> = {
  schema: { anyOf: [text.schema, { type: "array", items: text.schema }] },
  read(value, where) {
    if (typeof value === "string") return value;
    if (!Array.isArray(value)) throw unexpected(where, "a string or a list of strings", value);
    return value.map((each, index) => text.read(each, `${where}[${index}]`));
  },
};
