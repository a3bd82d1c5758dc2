import { pairScores } from "../payloads/pair-scores.js";
import { rerankDocuments } from "../payloads/rerank-documents.js";
import type { Protocol } from "./protocol.js";

const rerank = rerankDocuments({ name: "vllm", apiVersion: "1" });

/**
 * vLLM's rerank and score, and llama.cpp's paths. `/rerank` returns no documents, because Infinity's clients send the same bytes there but
 * read documents in another form.
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
