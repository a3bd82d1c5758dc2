import { openaiEmbeddings } from "../payloads/openai-embeddings.js";
import { listModels } from "./list-models.js";
import { oneModel } from "./one-model.js";
import type { Protocol } from "./protocol.js";

/** OpenAI's embeddings and list of models. */
export const openai: Protocol = {
  name: "OpenAI",
  routes: [
    { path: "/v1/embeddings", payloads: [openaiEmbeddings] },
    { path: "/embeddings", payloads: [openaiEmbeddings] },
  ],
  infoRoutes: [listModels("/v1/models"), oneModel("/v1/models/*")],
};
