import type { CrossEncoderContentHandler } from "./cross-encoder-content-handler.js";
import { rankedDocuments } from "./ranked-documents.js";

/**
 * Content handler of Cohere's Rerank models from the AWS Marketplace: `{query, documents, top_n}` → `{results: [{index, relevance_score}, …]}`.
 * A request has one query, so pairs are grouped by query; `top_n` is always the number of documents.
 *
 * Scale: relevance, 0 … 1, which Cohere calibrates so that scores of similar queries can be compared.
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
