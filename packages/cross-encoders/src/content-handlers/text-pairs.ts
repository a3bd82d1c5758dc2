import type { CrossEncoderContentHandler } from "./cross-encoder-content-handler.js";
import { jsonContentHandler } from "./json-content-handler.js";
import { listAt } from "./response/list-at.js";
import { numbers } from "./response/numbers.js";

/**
 * `{"text_pairs": [[query, text], …]}` → `{"scores": [number, …]}`: what LangChain Python's own handler speaks. It does
 * not fit the notebook's `inference.py`, which reads `pairs`; this project's endpoint and `inference.py` take both.
 *
 * Scale: whatever the endpoint's script answers; raw logits from this project's.
 *
 * `modelKwargs` are added beside `text_pairs`.
 */
export function textPairs(): CrossEncoderContentHandler {
  return jsonContentHandler({
    write: (pairs, modelKwargs) => ({ ...modelKwargs, text_pairs: pairs }),
    read: (response) => numbers(listAt(response, "scores"), '"scores"'),
  });
}
