import { RequestError } from "../errors/request-error.js";
import type { ModelKind, Payload } from "./payload.js";
import { isObject } from "./values/is-object.js";
import type { JsonObject } from "./values/json-object.js";

/** A body, with the payload that reads it. */
export interface FoundPayload {
  readonly payload: Payload;
  readonly body: JsonObject;
}

/**
 * Finds the payload that reads a body: the first one that matches its keys.
 *
 * @param usual kind of the server's first model
 * @throws {RequestError} 422 if no payload matches
 */
export function findPayload(body: unknown, payloads: readonly Payload[], usual: ModelKind): FoundPayload {
  if (isObject(body)) {
    const payload = payloads.find((candidate) => candidate.matches(body, usual));
    if (payload !== undefined) return { payload, body };
  }
  const examples = [...new Set(payloads.map(({ example }) => example))].join(" or ");
  throw new RequestError("validation", `Expected ${examples}.`);
}
