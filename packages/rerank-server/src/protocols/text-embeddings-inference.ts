import { teiRerank } from "../payloads/tei-rerank.js";
import type { Protocol } from "./protocol.js";

/** Text Embeddings Inference's `POST /rerank`. */
export const textEmbeddingsInference: Protocol = {
  name: "Text Embeddings Inference",
  routes: [{ path: "/rerank", payloads: [teiRerank] }],
};
