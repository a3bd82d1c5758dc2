import { cohere as cohereHandler } from "../../content-handlers/cohere.js";
import { HOSTED_PAIRS_PER_REQUEST } from "./hosted-pairs-per-request.js";
import type { HttpProtocol } from "./http-protocol.js";

/**
 * Cohere's API, version 2: `POST /v2/rerank` with `{model, query, documents, top_n}` → `{results: [{index, relevance_score}, …]}`.
 *
 * Scale: relevance, 0 … 1. `modelKwargs`: `max_tokens_per_doc`, `priority`.
 */
export function cohere(): HttpProtocol {
  return { ...cohereHandler(), path: "/v2/rerank", maxPairsPerRequest: HOSTED_PAIRS_PER_REQUEST };
}
