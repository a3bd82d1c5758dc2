import { RequestError } from "../../errors/request-error.js";
import { cohere } from "./cohere.js";
import { huggingFaceTextClassification } from "./hugging-face-text-classification.js";
import { pairs, textPairs } from "./pairs.js";
import type { ModelFacts, Payload, ScoringRequest } from "./payload.js";
import { teiPredict } from "./tei-predict.js";
import { teiRerank } from "./tei-rerank.js";
import { isObject } from "./values/is-object.js";

/** Every payload that `/invocations` takes; the first that matches reads it. */
export const ALL_PAYLOADS: readonly Payload[] = [
  pairs,
  textPairs,
  teiRerank,
  cohere,
  huggingFaceTextClassification,
  teiPredict,
];

/** A request that was understood, and as what. */
export interface ReadPayload {
  readonly kind: string;
  readonly request: ScoringRequest;
}

/**
 * Tells a body's kind by its keys and reads it.
 *
 * @throws {RequestError} 422 if it is of no kind, or of one but wrong
 */
export function readPayload(
  body: unknown,
  model: ModelFacts,
  payloads: readonly Payload[] = ALL_PAYLOADS,
): ReadPayload {
  const payload = isObject(body) ? payloads.find((candidate) => candidate.matches(body)) : undefined;
  if (payload === undefined || !isObject(body)) {
    const examples = payloads.map(({ example }) => example).join(" or ");
    throw new RequestError("validation", `Expected ${examples}.`);
  }
  return { kind: payload.name, request: payload.read(body, model) };
}
