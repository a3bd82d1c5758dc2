import { rankedDocuments } from "../../content-handlers/ranked-documents.js";
import type { HttpProtocol } from "./http-protocol.js";
import type { RawScoresOption } from "./raw-scores-option.js";

/**
 * vLLM: `POST /rerank` with `{model, query, documents, top_n}` → `{results: [{index, relevance_score}, …]}`.
 *
 * Scale: the model's activation, 0 … 1 for a sigmoid; with `rawScores` (`use_activation: false`) the logit. `modelKwargs`:
 * `truncate_prompt_tokens`, without which vLLM rejects texts that are too long.
 */
export function vllm({ rawScores = false }: RawScoresOption = {}): HttpProtocol {
  const handler = rankedDocuments(
    { documents: "documents", count: "top_n", list: "results", score: "relevance_score" },
    rawScores ? { use_activation: false } : {},
  );
  return { ...handler, path: "/rerank" };
}
