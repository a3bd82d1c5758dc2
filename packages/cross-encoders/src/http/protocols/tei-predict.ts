import {
  type TeiPredictOptions,
  teiPredict as teiPredictHandler,
} from "../../content-handlers/tei-predict.js";
import type { HttpProtocol } from "./http-protocol.js";

/**
 * Text Embeddings Inference with a model of several labels: `POST /predict` with `{inputs: [[query, text], …]}` →
 * `[[{label, score}, …], …]`. A request may have several queries.
 *
 * Scale: softmax over the labels, 0 … 1; with `rawScores` the label's logit. `modelKwargs`: `truncation_direction`.
 */
export function teiPredict(options?: TeiPredictOptions): HttpProtocol {
  return { ...teiPredictHandler(options), path: "/predict" };
}
