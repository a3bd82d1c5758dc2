import { openaiEmbeddings } from "../payloads/openai-embeddings.js";
import { rerankDocuments } from "../payloads/rerank-documents.js";
import { voyage as voyageRerank } from "../payloads/voyage.js";
import type { Protocol } from "./protocol.js";

/**
 * Voyage's rerank and embeddings. A body without `top_k` and `truncation` may be Voyage's or another protocol's: its answer has `data` and
 * `results`. List this protocol before the others that share `/v1/rerank`.
 */
export const voyage: Protocol = {
  name: "Voyage",
  routes: [
    {
      path: "/v1/rerank",
      payloads: [
        voyageRerank,
        rerankDocuments({ name: "voyage_or_other", apiVersion: "1", isAmbiguous: true }),
      ],
    },
    { path: "/v1/embeddings", payloads: [openaiEmbeddings] },
  ],
};
