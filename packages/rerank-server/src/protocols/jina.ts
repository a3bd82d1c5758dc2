import { rerankDocuments } from "../payloads/rerank-documents.js";
import type { Protocol } from "./protocol.js";

/** Jina's rerank, which SiliconFlow, Xinference, LocalAI and others use, too. */
export const jina: Protocol = {
  name: "Jina",
  routes: [{ path: "/v1/rerank", payloads: [rerankDocuments({ name: "jina", apiVersion: "1" })] }],
};
