import { cohere } from "./cohere.js";
import type { HttpProtocol } from "./http-protocol.js";

/**
 * Cohere's API, version 1: like {@link cohere}, but at `POST /v1/rerank`.
 *
 * Scale: relevance, 0 … 1. `modelKwargs`: `max_chunks_per_doc`.
 */
export function cohereV1(): HttpProtocol {
  return { ...cohere(), path: "/v1/rerank" };
}
