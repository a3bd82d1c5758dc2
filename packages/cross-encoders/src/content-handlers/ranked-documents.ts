import type { CrossEncoderContentHandler } from "./cross-encoder-content-handler.js";
import { jsonContentHandler } from "./json-content-handler.js";
import { listAt } from "./response/list-at.js";
import { scoresByIndex } from "./response/scores-by-index.js";

/** Field names that differ between rerank APIs with one query and a list of documents. */
interface RankedDocumentsNames {
  /** Name of the list of texts in the request. */
  readonly documents: "documents" | "input";
  /** Name of the number of results in the request, which is always the number of texts. */
  readonly count: "top_n" | "top_k";
  /** Name of the list in the response. */
  readonly list: "results" | "data";
  /** Name of the score in an entry. */
  readonly score: "relevance_score" | "score";
}

/**
 * Makes a content handler for APIs with a query and a list of documents, which return a list of entries with `index` and score, in any
 * order. A request has one query, so pairs are grouped by query.
 *
 * @param parameters fields of every request; `modelKwargs` can override them
 */
export function rankedDocuments(
  names: RankedDocumentsNames,
  parameters: Readonly<Record<string, unknown>> = {},
): CrossEncoderContentHandler {
  return jsonContentHandler({
    oneQueryPerRequest: true,
    write: (pairs, modelKwargs) => ({
      ...parameters,
      ...modelKwargs,
      query: pairs[0]?.[0],
      [names.documents]: pairs.map(([, text]) => text),
      [names.count]: pairs.length,
    }),
    read: (response, pairs) => scoresByIndex(listAt(response, names.list), pairs.length, names.score),
  });
}
