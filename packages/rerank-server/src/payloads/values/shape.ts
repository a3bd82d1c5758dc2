import type { Field, JsonSchema } from "./field.js";
import { isObject } from "./is-object.js";
import type { JsonObject } from "./json-object.js";
import { unexpected } from "./unexpected.js";

/** The values of a {@link shape}. */
export type ShapeValues<Fields extends Readonly<Record<string, Field<unknown>>>> = {
  readonly [Key in keyof Fields]: Fields[Key] extends Field<infer Value> ? Value : never;
};

/** An object with named fields. Other keys are ignored, because clients send more than they need. */
export interface Shape<Values> extends Field<Values> {
  readonly schema: JsonSchema;
  /** Reads a whole body; errors name places without a prefix. */
  readBody(body: JsonObject): Values;
}

/** Makes the field for an object with these fields. */
export function shape<Fields extends Readonly<Record<string, Field<unknown>>>>(
  fields: Fields,
): Shape<ShapeValues<Fields>> {
  const entries = Object.entries(fields);
  const readKeys = (object: JsonObject, prefix: string) => {
    const values = entries.map(([key, field]) => {
      const value = Object.hasOwn(object, key) ? object[key] : undefined;
      return [key, field.read(value, `${prefix}${key}`)];
    });
    return Object.fromEntries(values) as ShapeValues<Fields>;
  };
  const required = entries.filter(([, field]) => !field.isOptional).map(([key]) => key);
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(entries.map(([key, field]) => [key, field.schema])),
      ...(required.length > 0 && { required }),
    },
    read(value, where) {
      if (!isObject(value)) throw unexpected(where, "an object", value);
      return readKeys(value, `${where}.`);
    },
    readBody: (body) => readKeys(body, ""),
  };
}
