import { RequestError } from "../errors/request-error.js";
import type { ModelKind, Payload } from "./payload.js";
import { isObject } from "./values/is-object.js";
import type { JsonObject } from "./values/json-object.js";

/** A body and what reads it. */
export interface FoundPayload {
  readonly payload: Payload;
  readonly body: JsonObject;
}

/**
 * Tells a body's kind by its keys; the first payload that matches reads it.
 *
 * @param usual what the server's first model does
 * @throws {RequestError} 422 if it is of no kind
 */
export function findPayload(body: unknown, payloads: readonly Payload[], usual: ModelKind): FoundPayload {
  if (isObject(body)) {
    const payload = payloads.find((candidate) => candidate.matches(body, usual));
    if (payload !== undefined) return { payload, body };
  }
  const examples = [...new Set(payloads.map(({ example }) => example))].join(" or ");
  throw new RequestError("validation", `Expected ${examples}.`);
}
