import { rankedDocuments } from "../../content-handlers/ranked-documents.js";
import { HOSTED_PAIRS_PER_REQUEST } from "./hosted-pairs-per-request.js";
import type { HttpProtocol } from "./http-protocol.js";

/**
 * Mixedbread's API: `POST /v1/reranking` with `{model, query, input, top_k, return_input: false}` →
 * `{data: [{index, score}, …]}`.
 *
 * Scale: relevance, 0 … 1. `modelKwargs`: `rewrite_query`.
 */
export function mixedbread(): HttpProtocol {
  const handler = rankedDocuments(
    { documents: "input", count: "top_k", list: "data", score: "score" },
    { return_input: false },
  );
  return { ...handler, path: "/v1/reranking", maxPairsPerRequest: HOSTED_PAIRS_PER_REQUEST };
}
