import { rankedDocuments } from "../../content-handlers/ranked-documents.js";
import type { HttpProtocol } from "./http-protocol.js";
import type { RawScoresOption } from "./raw-scores-option.js";

/**
 * Infinity: `POST /rerank` with `{model, query, documents, top_n, return_documents: false, raw_scores}` →
 * `{results: [{index, relevance_score}, …]}`.
 *
 * Scale: sigmoid of the logit, 0 … 1; with `rawScores` the logit.
 */
export function infinity({ rawScores = false }: RawScoresOption = {}): HttpProtocol {
  const handler = rankedDocuments(
    { documents: "documents", count: "top_n", list: "results", score: "relevance_score" },
    { return_documents: false, raw_scores: rawScores },
  );
  return { ...handler, path: "/rerank" };
}
