import { type TeiRerankOptions, teiRerank } from "../../content-handlers/tei-rerank.js";
import type { HttpProtocol } from "./http-protocol.js";

/**
 * Text Embeddings Inference with a model of one label, and this project's rerank server: `POST /rerank` with
 * `{query, texts, raw_scores, truncate}` → `[{index, score}, …]`.
 *
 * Scale: sigmoid of the logit, 0 … 1; with `rawScores` the logit. `modelKwargs`: `truncation_direction`.
 */
export function tei(options?: TeiRerankOptions): HttpProtocol {
  return { ...teiRerank(options), path: "/rerank" };
}
