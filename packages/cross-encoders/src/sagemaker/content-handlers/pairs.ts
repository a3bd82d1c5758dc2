import { listAt, numbers } from "./answer-shapes.js";
import type { CrossEncoderContentHandler } from "./content-handler.js";
import { jsonContentHandler } from "./json-content-handler.js";

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
    read: (answer) => numbers(listAt(answer, "scores"), '"scores"'),
  });
}
