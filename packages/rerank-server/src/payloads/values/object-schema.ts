import type { JsonSchema } from "./field.js";

/** Makes the schema of an object in answers. All keys are required, except those listed as optional. */
export function objectSchema(
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: "object", properties, required, additionalProperties: false };
}

export const listSchema = (items: JsonSchema): JsonSchema => ({ type: "array", items });
export const NUMBER: JsonSchema = { type: "number" };
export const INTEGER: JsonSchema = { type: "integer", minimum: 0 };
export const STRING: JsonSchema = { type: "string" };
export const constantSchema = (value: unknown): JsonSchema => ({ const: value });
