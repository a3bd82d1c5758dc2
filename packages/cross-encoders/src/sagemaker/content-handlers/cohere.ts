import type { CrossEncoderContentHandler } from "./cross-encoder-content-handler.js";
import { jsonContentHandler } from "./json-content-handler.js";
import { listAt } from "./response/list-at.js";
import { scoresByIndex } from "./response/scores-by-index.js";

/**
 * `{query, documents, top_n}` → `{results: [{index, relevance_score}, …]}`: Cohere's Rerank models from the AWS
 * Marketplace. One request carries one query, so pairs are grouped by query; `top_n` is always the number of documents.
 *
 * Scale: relevance, 0 … 1, calibrated by Cohere to be compared between queries of a kind.
 *
 * `modelKwargs` are added to the payload (`api_version: 2` for Rerank 3.5 and newer, `max_tokens_per_doc`).
 */
export function cohere(): CrossEncoderContentHandler {
  return jsonContentHandler({
    oneQueryPerRequest: true,
    write: (pairs, modelKwargs) => ({
      ...modelKwargs,
      query: pairs[0]?.[0],
      documents: pairs.map(([, text]) => text),
      top_n: pairs.length,
    }),
    read: (response, pairs) => scoresByIndex(listAt(response, "results"), pairs.length, "relevance_score"),
  });
}
