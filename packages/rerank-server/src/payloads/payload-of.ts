import type { ModelFacts, ModelRequest, Payload } from "./payload.js";
import type { JsonObject } from "./values/json-object.js";
import type { Shape } from "./values/shape.js";

/** A payload whose fields are checked, and described, by one shape. */
export interface ShapedPayload<Values> extends Omit<Payload, "read" | "schema"> {
  readonly shape: Shape<Values>;
  read(values: Values, model: ModelFacts): ModelRequest;
}

/** Makes a payload from a shape. */
export function payloadOf<Values>({ shape, read, ...rest }: ShapedPayload<Values>): Payload {
  return {
    ...rest,
    schema: shape.schema,
    read: (body: JsonObject, model) => read(shape.readBody(body), model),
  };
}
