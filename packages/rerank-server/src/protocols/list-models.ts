import {
  constantSchema,
  INTEGER,
  listSchema,
  objectSchema,
  STRING,
} from "../payloads/values/object-schema.js";
import type { InfoRoute, ListedModel } from "./protocol.js";

/** Schema of {@link modelEntry}. */
export const MODEL_ENTRY_SCHEMA = objectSchema({
  id: STRING,
  object: constantSchema("model"),
  created: INTEGER,
  owned_by: STRING,
});

/** A model as OpenAI lists it. */
export function modelEntry({ name, created }: ListedModel) {
  return { id: name, object: "model", created, owned_by: "secondpass" };
}

/** The models, as OpenAI lists them in `data` and Cohere in `models`. */
export function listModels(path: string): InfoRoute {
  return {
    path,
    summary: "The models",
    answerSchema: objectSchema({
      object: constantSchema("list"),
      data: listSchema(MODEL_ENTRY_SCHEMA),
      models: listSchema(objectSchema({ name: STRING, endpoints: listSchema(STRING) })),
    }),
    answer: ({ models }) => ({
      object: "list",
      data: models.map(modelEntry),
      models: models.map(({ name, kind }) => ({
        name,
        endpoints: [kind === "reranker" ? "rerank" : "embed"],
      })),
    }),
  };
}
