import { rerankDocuments } from "../payloads/rerank-documents.js";
import { listModels } from "./list-models.js";
import type { Protocol } from "./protocol.js";

const v2 = rerankDocuments({ name: "cohere_v2", apiVersion: "2" });

/** Cohere's API, both versions. LiteLLM requests `/v1/v2/rerank` if the address ends in `/v1`. */
export const cohere: Protocol = {
  name: "Cohere",
  routes: [
    { path: "/v1/rerank", payloads: [rerankDocuments({ name: "cohere_v1", apiVersion: "1" })] },
    { path: "/v2/rerank", payloads: [v2] },
    { path: "/v1/v2/rerank", payloads: [v2] },
  ],
  infoRoutes: [listModels("/v1/models")],
};
