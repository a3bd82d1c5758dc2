import type { Field } from "./field.js";
import { unexpected } from "./unexpected.js";

/** Makes a field for one of several strings, in upper or lower case. */
export function choice<const Name extends string>(...names: readonly Name[]): Field<Name> {
  const quoted = names.map((name) => `"${name}"`);
  const expected = [quoted.slice(0, -1).join(", "), quoted.at(-1)].filter(Boolean).join(" or ");
  return {
    schema: { type: "string", enum: [...new Set([...names, ...names.map((name) => name.toLowerCase())])] },
    read(value, where) {
      const found =
        typeof value === "string" && names.find((name) => name.toLowerCase() === value.toLowerCase());
      if (found) return found;
      throw unexpected(where, expected, value);
    },
  };
}
