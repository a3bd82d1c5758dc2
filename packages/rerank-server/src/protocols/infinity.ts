import { openaiEmbeddings } from "../payloads/openai-embeddings.js";
import { rerankDocuments } from "../payloads/rerank-documents.js";
import { listModels } from "./list-models.js";
import type { Protocol } from "./protocol.js";

/** Infinity's `/rerank` and `/embeddings`. It returns no documents, because vLLM's clients send the same bytes but read documents in another form. */
export const infinity: Protocol = {
  name: "Infinity",
  routes: [
    {
      path: "/rerank",
      payloads: [rerankDocuments({ name: "documents", apiVersion: "1", returnsDocuments: false })],
    },
    { path: "/embeddings", payloads: [openaiEmbeddings] },
  ],
  infoRoutes: [listModels("/models")],
};
