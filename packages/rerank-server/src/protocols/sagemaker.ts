import { cohere } from "../payloads/cohere.js";
import { huggingFaceTextClassification } from "../payloads/hugging-face-text-classification.js";
import { pairs, textPairs } from "../payloads/pairs.js";
import { teiPredict } from "../payloads/tei-predict.js";
import { teiRerank } from "../payloads/tei-rerank.js";
import type { Protocol } from "./protocol.js";

/** SageMaker's container contract: `POST /invocations`, with every payload that deployed rerankers speak. */
export const sagemaker: Protocol = {
  name: "SageMaker",
  routes: [
    {
      path: "/invocations",
      payloads: [pairs, textPairs, teiRerank, cohere, huggingFaceTextClassification, teiPredict],
    },
  ],
};
