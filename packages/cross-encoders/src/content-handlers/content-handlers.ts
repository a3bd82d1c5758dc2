import { cohere } from "./cohere.js";
import { huggingFaceTextClassification } from "./hugging-face-text-classification.js";
import { pairs } from "./pairs.js";
import { teiPredict } from "./tei-predict.js";
import { teiRerank } from "./tei-rerank.js";
import { textPairs } from "./text-pairs.js";

export type { HuggingFaceTextClassificationOptions } from "./hugging-face-text-classification.js";
export type { TeiPredictOptions } from "./tei-predict.js";
export type { TeiRerankOptions } from "./tei-rerank.js";

/** Functions that make the content handlers of the known kinds of endpoints. Each states the scale of its scores. */
export const contentHandlers = {
  pairs,
  textPairs,
  teiRerank,
  teiPredict,
  huggingFaceTextClassification,
  cohere,
} as const;
