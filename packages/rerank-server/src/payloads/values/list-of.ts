import type { Field } from "./field.js";
import { unexpected } from "./unexpected.js";

/** Makes a field for a list of values of one kind. */
export function listOf<Value>(entry: Field<Value>): Field<Value[]> {
  return {
    schema: { type: "array", items: entry.schema },
    read(value, where) {
      if (!Array.isArray(value)) throw unexpected(where, "a list", value);
      return value.map((each, index) => entry.read(each, `${where}[${index}]`));
    },
  };
}
