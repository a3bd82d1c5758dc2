import { rankedDocuments } from "../../content-handlers/ranked-documents.js";
import { HOSTED_PAIRS_PER_REQUEST } from "./hosted-pairs-per-request.js";
import type { HttpProtocol } from "./http-protocol.js";

/**
 * Voyage's API: `POST /v1/rerank` with `{model, query, documents, top_k, truncation: true}` →
 * `{data: [{index, relevance_score}, …]}`.
 *
 * Scale: relevance, 0 … 1. `modelKwargs`: with `truncation: false`, texts that are too long fail.
 */
export function voyage(): HttpProtocol {
  const handler = rankedDocuments(
    { documents: "documents", count: "top_k", list: "data", score: "relevance_score" },
    { truncation: true },
  );
  return { ...handler, path: "/v1/rerank", maxPairsPerRequest: HOSTED_PAIRS_PER_REQUEST };
}
