import type { Field, JsonSchema } from "./field.js";

/** Makes a field that accepts any value, which the payload reads itself. @param schema describes the value */
export function anything(schema: JsonSchema = {}): Field<unknown> {
  return { schema, isOptional: true, read: (value) => value };
}
