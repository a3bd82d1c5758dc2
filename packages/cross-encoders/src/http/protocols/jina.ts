import { rankedDocuments } from "../../content-handlers/ranked-documents.js";
import { HOSTED_PAIRS_PER_REQUEST } from "./hosted-pairs-per-request.js";
import type { HttpProtocol } from "./http-protocol.js";

/**
 * Jina's API: `POST /v1/rerank` with `{model, query, documents, top_n, return_documents: false}` →
 * `{results: [{index, relevance_score}, …]}`. LocalAI, SiliconFlow, Xinference and llama.cpp's server use it too.
 *
 * Scale: relevance, 0 … 1; llama.cpp returns logits.
 */
export function jina(): HttpProtocol {
  const handler = rankedDocuments(
    { documents: "documents", count: "top_n", list: "results", score: "relevance_score" },
    { return_documents: false },
  );
  return { ...handler, path: "/v1/rerank", maxPairsPerRequest: HOSTED_PAIRS_PER_REQUEST };
}
