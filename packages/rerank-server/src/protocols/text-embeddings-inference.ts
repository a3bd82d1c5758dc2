import { huggingFaceTextClassification } from "../payloads/hugging-face-text-classification.js";
import { openaiEmbeddings } from "../payloads/openai-embeddings.js";
import { teiDecode } from "../payloads/tei-decode.js";
import { teiEmbed } from "../payloads/tei-embed.js";
import { teiPredict } from "../payloads/tei-predict.js";
import { teiRerank } from "../payloads/tei-rerank.js";
import { teiSimilarity } from "../payloads/tei-similarity.js";
import { teiTokenize } from "../payloads/tei-tokenize.js";
import type { Protocol } from "./protocol.js";
import { serverInfo } from "./server-info.js";

/** Text Embeddings Inference, and Hugging Face's clients for text classification, which post to `/predict` or the bare address. */
export const textEmbeddingsInference: Protocol = {
  name: "Text Embeddings Inference",
  routes: [
    { path: "/rerank", payloads: [teiRerank] },
    { path: "/predict", payloads: [huggingFaceTextClassification, teiPredict] },
    { path: "/embed", payloads: [{ ...teiEmbed, matches: (body) => "inputs" in body }] },
    { path: "/similarity", payloads: [teiSimilarity] },
    { path: "/tokenize", payloads: [teiTokenize] },
    { path: "/decode", payloads: [teiDecode] },
    { path: "/embeddings", payloads: [openaiEmbeddings] },
    { path: "/v1/embeddings", payloads: [openaiEmbeddings] },
    { path: "/", payloads: [teiRerank, huggingFaceTextClassification, teiEmbed, teiPredict] },
  ],
  infoRoutes: [serverInfo],
};
