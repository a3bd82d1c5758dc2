import type { Field, JsonSchema } from "./field.js";

/** A value that is read later, by what stands around it, with what it must look like. */
export function anything(schema: JsonSchema = {}): Field<unknown> {
  return { schema, isOptional: true, read: (value) => value };
}
