import { huggingFaceTextClassification } from "../payloads/hugging-face-text-classification.js";
import { pairs, textPairs } from "../payloads/pairs.js";
import { rerankDocuments } from "../payloads/rerank-documents.js";
import { teiEmbed } from "../payloads/tei-embed.js";
import { teiPredict } from "../payloads/tei-predict.js";
import { teiRerank } from "../payloads/tei-rerank.js";
import type { Protocol } from "./protocol.js";

/** SageMaker's container contract: `POST /invocations`, with every payload that deployed rerankers use. */
export const sagemaker: Protocol = {
  name: "SageMaker",
  routes: [
    {
      path: "/invocations",
      allowsEmpty: true,
      payloads: [
        pairs,
        textPairs,
        teiRerank,
        rerankDocuments({ name: "cohere", apiVersion: "2", minTopN: 1 }),
        huggingFaceTextClassification,
        { ...teiEmbed, matches: (body, usual) => usual === "embedder" && teiEmbed.matches(body, usual) },
        teiPredict,
      ],
    },
  ],
};
