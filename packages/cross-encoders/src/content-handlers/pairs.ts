import type { CrossEncoderContentHandler } from "./cross-encoder-content-handler.js";
import { jsonContentHandler } from "./json-content-handler.js";
import { listAt } from "./response/list-at.js";
import { numbers } from "./response/numbers.js";

/**
 * `{"pairs": [[query, text], …]}` → `{"scores": [number, …]}`: what the `inference.py` of LangChain's "Cross Encoder
 * Reranker" notebook and this project's endpoint speak. The default.
 *
 * Scale: raw logits, unbounded, typically −12 … 12. A model of two labels behind the notebook's `inference.py` answers
 * both logits of every pair, 2n numbers, which is refused; this project's `inference.py` answers one.
 *
 * `modelKwargs` are added beside `pairs`.
 */
export function pairs(): CrossEncoderContentHandler {
  return jsonContentHandler({
    write: (pairs, modelKwargs) => ({ ...modelKwargs, pairs }),
    read: (response) => numbers(listAt(response, "scores"), '"scores"'),
  });
}
