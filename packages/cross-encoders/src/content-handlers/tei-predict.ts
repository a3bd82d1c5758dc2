import { ResponseFormatError } from "../errors/response-format-error.js";
import type { CrossEncoderContentHandler } from "./cross-encoder-content-handler.js";
import { jsonContentHandler } from "./json-content-handler.js";
import { relevantScore } from "./response/relevant-score.js";

/** Options of {@link teiPredict}. */
export interface TeiPredictOptions {
  /** Name of the label that means "relevant". @default the only label, else "LABEL_1" */
  readonly label?: string;
  /** Whether to return logits instead of their softmax. @default false, as the server's default */
  readonly rawScores?: boolean;
  /** Whether to cut pairs that are too long; otherwise the server rejects them. @default true */
  readonly truncate?: boolean;
}

/**
 * Content handler of Text Embeddings Inference with a model of several labels, whose `/invocations` is `/predict`:
 * `{inputs: [[query, text], …], raw_scores, truncate}` → `[[{label, score}, …], …]`.
 *
 * Scale: softmax over the labels, 0 … 1; with `rawScores` the label's logit.
 *
 * By default, TEI accepts 32 pairs and 2 MB per request. `modelKwargs` are added to the payload.
 */
export function teiPredict(options: TeiPredictOptions = {}): CrossEncoderContentHandler {
  const { label, rawScores = false, truncate = true } = options;
  return jsonContentHandler({
    write: (pairs, modelKwargs) => ({ raw_scores: rawScores, truncate, ...modelKwargs, inputs: pairs }),
    read(response) {
      if (!Array.isArray(response)) throw new ResponseFormatError("a list of label lists", response);
      return response.map((labels: unknown) => relevantScore(labels, label));
    },
  });
}
