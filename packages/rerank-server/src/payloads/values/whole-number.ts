import type { Field } from "./field.js";
import { unexpected } from "./unexpected.js";

/** Makes a field for a whole number with a minimum. */
export function wholeNumber(minimum: number): Field<number> {
  const expected = minimum === 1 ? "a positive integer" : `an integer of at least ${minimum}`;
  return {
    schema: { type: "integer", minimum },
    read(value, where) {
      if (typeof value === "number" && Number.isInteger(value) && value >= minimum) return value;
      throw unexpected(where, expected, value);
    },
  };
}
