import type { Field } from "./field.js";

/** Makes a field whose value may be missing; null counts as missing. */
export function optional<Value>(field: Field<Value>): Field<Value | undefined>;
export function optional<Value, const Default>(
  field: Field<Value>,
  fallback: Default,
): Field<Value | Default>;
export function optional(field: Field<unknown>, fallback?: unknown): Field<unknown> {
  const schema = { anyOf: [field.schema, { type: "null" }] };
  return {
    schema: fallback === undefined ? schema : { ...schema, default: fallback },
    isOptional: true,
    read: (value, where) => (value === undefined || value === null ? fallback : field.read(value, where)),
  };
}
