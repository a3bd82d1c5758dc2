import { RequestError } from "../errors/request-error.js";
import { INTEGER, objectSchema, STRING } from "../payloads/values/object-schema.js";
import type { InfoRoute, ListedModel } from "./protocol.js";

const NULL = { type: "null" };

/** Text Embeddings Inference's `/info`, for the server's first model. Unknown values are null. */
export const serverInfo: InfoRoute = {
  path: "/info",
  summary: "The server's first model and the limits of requests",
  answerSchema: objectSchema({
    model_id: STRING,
    model_sha: NULL,
    model_dtype: STRING,
    model_type: { type: "object" },
    max_concurrent_requests: INTEGER,
    max_input_length: INTEGER,
    max_batch_tokens: INTEGER,
    max_batch_requests: INTEGER,
    max_client_batch_size: INTEGER,
    auto_truncate: { type: "boolean" },
    tokenization_workers: INTEGER,
    version: STRING,
    sha: NULL,
    docker_label: NULL,
  }),
  answer({ models, limits, autoTruncate }) {
    const [model] = models;
    if (model?.state !== "ready")
      throw new RequestError("unavailable", "The model is not loaded yet. Try again later.");
    return {
      model_id: model.name,
      model_sha: null,
      model_dtype: "float32",
      model_type: modelType(model),
      max_concurrent_requests: limits.concurrentRequests,
      max_input_length: model.maxLength ?? Number.MAX_SAFE_INTEGER,
      max_batch_tokens: limits.tokensPerBatch,
      max_batch_requests: limits.pairsPerBatch,
      max_client_batch_size: limits.pairsPerRequest,
      auto_truncate: autoTruncate,
      tokenization_workers: 1,
      version: "secondpass",
      sha: null,
      docker_label: null,
    };
  },
};

function modelType({ kind, labels }: ListedModel) {
  if (kind === "embedder") return { embedding: { pooling: "model" } };
  const id2label = Object.fromEntries(labels.entries());
  const label2id = Object.fromEntries(labels.map((label, index) => [label, index]));
  return { [labels.length > 1 ? "classifier" : "reranker"]: { id2label, label2id } };
}
