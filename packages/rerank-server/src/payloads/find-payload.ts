import { RequestError } from "../errors/request-error.js";
import type { ModelFacts, Payload, ScoringRequest } from "./payload.js";
import { isObject } from "./values/is-object.js";

/** A request that was understood, and as what. */
export interface ReadPayload {
  readonly kind: string;
  readonly request: ScoringRequest;
}

/**
 * Tells a body's kind by its keys and reads it; the first payload that matches reads it.
 *
 * @throws {RequestError} 422 if it is of no kind, or of one but wrong
 */
export function readPayload(body: unknown, model: ModelFacts, payloads: readonly Payload[]): ReadPayload {
  const payload = isObject(body) ? payloads.find((candidate) => candidate.matches(body)) : undefined;
  if (payload === undefined || !isObject(body)) {
    const examples = payloads.map(({ example }) => example).join(" or ");
    throw new RequestError("validation", `Expected ${examples}.`);
  }
  return { kind: payload.name, request: payload.read(body, model) };
}
