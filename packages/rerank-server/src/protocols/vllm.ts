import { pairScores } from "../payloads/pair-scores.js";
import { rerankDocuments } from "../payloads/rerank-documents.js";
import type { Protocol } from "./protocol.js";

const rerank = rerankDocuments({ name: "vllm", apiVersion: "1" });

/**
 * vLLM's rerank and score, and llama.cpp's paths. No documents come back at `/rerank`: Infinity's clients send the same bytes there and read
 * them in another form.
 */
export const vllm: Protocol = {
  name: "vLLM",
  routes: [
    {
      path: "/rerank",
      payloads: [rerankDocuments({ name: "documents", apiVersion: "1", returnsDocuments: false })],
    },
    { path: "/v1/rerank", payloads: [rerank] },
    { path: "/v2/rerank", payloads: [rerank] },
    { path: "/reranking", payloads: [rerank] },
    { path: "/v1/reranking", payloads: [rerank] },
    { path: "/score", payloads: [pairScores] },
    { path: "/v1/score", payloads: [pairScores] },
  ],
};
