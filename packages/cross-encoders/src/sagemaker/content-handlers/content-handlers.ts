import { cohere } from "./cohere.js";
import { huggingFaceTextClassification } from "./hugging-face-text-classification.js";
import { pairs } from "./pairs.js";
import { teiPredict } from "./tei-predict.js";
import { teiRerank } from "./tei-rerank.js";
import { textPairs } from "./text-pairs.js";

/** A maker of content handlers for every kind of endpoint known; each says what scale its scores have. */
export const contentHandlers = {
  pairs,
  textPairs,
  teiRerank,
  teiPredict,
  huggingFaceTextClassification,
  cohere,
} as const;
