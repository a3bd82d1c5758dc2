import type { CrossEncoderContentHandler } from "./cross-encoder-content-handler.js";
import { jsonContentHandler } from "./json-content-handler.js";
import { listAt } from "./response/list-at.js";
import { numbers } from "./response/numbers.js";

/**
 * Content handler of the `inference.py` of LangChain's "Cross Encoder Reranker" notebook and of this project's endpoint, the default:
 * `{"pairs": [[query, text], …]}` → `{"scores": [number, …]}`.
 *
 * Scale: raw logits, unbounded, typically −12 … 12. With a model of two labels, the notebook's `inference.py` returns both logits of
 * every pair, 2n numbers, which throws; this project's `inference.py` returns one.
 *
 * `modelKwargs` are added next to `pairs`.
 */
export function pairs(): CrossEncoderContentHandler {
  return jsonContentHandler({
    write: (pairs, modelKwargs) => ({ ...modelKwargs, pairs }),
    read: (response) => numbers(listAt(response, "scores"), '"scores"'),
  });
}
