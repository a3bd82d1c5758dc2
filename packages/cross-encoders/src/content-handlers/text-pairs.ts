import type { CrossEncoderContentHandler } from "./cross-encoder-content-handler.js";
import { jsonContentHandler } from "./json-content-handler.js";
import { listAt } from "./response/list-at.js";
import { numbers } from "./response/numbers.js";

/**
 * Content handler with the payload of LangChain Python's own handler: `{"text_pairs": [[query, text], …]}` → `{"scores": [number, …]}`. It
 * does not fit the notebook's `inference.py`, which reads `pairs`; this project's endpoint and `inference.py` accept both.
 *
 * Scale: that of the endpoint's script; raw logits for this project's.
 *
 * `modelKwargs` are added next to `text_pairs`.
 */
export function textPairs(): CrossEncoderContentHandler {
  return jsonContentHandler({
    write: (pairs, modelKwargs) => ({ ...modelKwargs, text_pairs: pairs }),
    read: (response) => numbers(listAt(response, "scores"), '"scores"'),
  });
}
