import type { CrossEncoderContentHandler } from "./cross-encoder-content-handler.js";
import { rankedDocuments } from "./ranked-documents.js";

/**
 * `{query, documents, top_n}` → `{results: [{index, relevance_score}, …]}`: Cohere's Rerank models from the AWS
 * Marketplace. One request carries one query, so pairs are grouped by query; `top_n` is always the number of documents.
 *
 * Scale: relevance, 0 … 1, calibrated by Cohere to be compared between queries of a kind.
 *
 * `modelKwargs` are added to the payload (`api_version: 2` for Rerank 3.5 and newer, `max_tokens_per_doc`).
 */
export function cohere(): CrossEncoderContentHandler {
  return rankedDocuments({
    documents: "documents",
    count: "top_n",
    list: "results",
    score: "relevance_score",
  });
}
