import type { JsonObject } from "./json-object.js";
import { readFlag } from "./read-flag.js";
import { unexpected } from "./unexpected.js";

/**
 * Whether a request lets pairs that are too long be cut: `truncate` as Text Embeddings Inference has it, or `truncation` as Voyage
 * has it.
 *
 * @returns undefined if the request does not say
 * @throws {RequestError} 422 unless both are booleans or absent, or for cutting from the left, which this server does not do
 */
export function readTruncate(body: JsonObject): boolean | undefined {
  const { truncation_direction: direction } = body;
  const isRight = typeof direction === "string" && direction.toLowerCase() === "right";
  if (direction !== undefined && direction !== null && !isRight) {
    throw unexpected("truncation_direction", '"Right"', direction);
  }
  return readFlag(body.truncate, "truncate", undefined) ?? readFlag(body.truncation, "truncation", undefined);
}
