import type { CrossEncoderContentHandler } from "./cross-encoder-content-handler.js";
import { jsonContentHandler } from "./json-content-handler.js";
import { listAt } from "./response/list-at.js";
import { scoresByIndex } from "./response/scores-by-index.js";

/** Names in which rerank APIs of one query and a list of documents differ. */
interface RankedDocumentsNames {
  /** Of the list of texts in the request. */
  readonly documents: "documents" | "input";
  /** Of the number of entries wanted; all are. */
  readonly count: "top_n" | "top_k";
  /** Of the list in the answer. */
  readonly list: "results" | "data";
  /** Of the number in an entry. */
  readonly score: "relevance_score" | "score";
}

/**
 * A query and a list of documents → a list of entries with `index` and score, in any order. One request carries one query, so
 * pairs are grouped by query.
 *
 * @param parameters what every request carries unless `modelKwargs` say otherwise
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
