import type { JsonSchema } from "../payloads/values/field.js";
import type { InfoRoute } from "../protocols/protocol.js";
import type { TableRoute } from "../protocols/route-table.js";

/** An OpenAPI 3.1 document, as JSON. */
export interface OpenapiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

/** An operation: a path with a method. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, object>>;
}

const ERROR = { $ref: "#/components/schemas/Error" };
const STRING = { type: "string" };
const ERROR_SCHEMA = {
  type: "object",
  description: "An error. The first three fields have the same text, each for the clients that read it.",
  properties: { message: STRING, detail: STRING, error: STRING, error_type: STRING },
  required: ["message", "detail", "error", "error_type"],
  additionalProperties: false,
};

/** Why a request may be rejected, by status. */
const REJECTIONS: Readonly<Record<string, string>> = {
  "400": "Not JSON, no texts, or a model of the wrong kind",
  "404": "An unknown model, if the server is strict",
  "413": "A body, a list or a text that is too long",
  "422": "A field with an invalid value",
  "424": "The model cannot do this (Text Embeddings Inference's paths)",
  "429": "Overloaded; Retry-After says when to try again",
  "503": "The model is loading, or the server is stopping",
};

/**
 * Describes a server's paths, with the schemas that check its requests. A path that several protocols share has the bodies and
 * answers of each.
 */
export function openapiDocument(
  routes: readonly TableRoute[],
  infoRoutes: readonly Omit<InfoRoute, "answer">[],
): OpenapiDocument {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) paths[route.path] = { post: postOperation(route) };
  for (const infoRoute of infoRoutes) {
    const path = infoRoute.path.replace("*", "{model}");
    paths[path] = { ...paths[path], get: getOperation(infoRoute) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Rerank server",
      version: "1",
      description:
        "Rerankers and embedders behind the protocols of existing clients. Fields that are not listed are ignored, null means that a field is not given, and booleans may be strings.",
    },
    paths,
    components: { schemas: { Error: ERROR_SCHEMA } },
  };
}

function postOperation({ path, payloads, protocols }: TableRoute): Operation {
  const examples = [...new Set(payloads.map(({ example }) => example))];
  return {
    operationId: `post${nameOf(path)}`,
    summary: protocols.join(", "),
    requestBody: {
      required: true,
      description: examples.join(" or "),
      content: json(anyOf(payloads.map(({ schema = {} }) => schema))),
    },
    responses: {
      "200": {
        description: "The answer",
        content: json(anyOf(payloads.map(({ answerSchema = {} }) => answerSchema))),
      },
      ...rejections(Object.keys(REJECTIONS)),
    },
  };
}

function getOperation({ path, summary, answerSchema }: Omit<InfoRoute, "answer">): Operation {
  const isOfModel = path.includes("*");
  return {
    operationId: `get${nameOf(path.replace("*", "one"))}`,
    summary,
    ...(isOfModel && {
      parameters: [{ name: "model", in: "path", required: true, schema: { type: "string" } }],
    }),
    responses: {
      "200": { description: "The answer", content: json(answerSchema) },
      ...rejections(isOfModel ? ["404"] : ["503"]),
    },
  };
}

function rejections(statuses: readonly string[]): Record<string, object> {
  return Object.fromEntries(
    statuses.map((status) => [status, { description: REJECTIONS[status], content: json(ERROR) }]),
  );
}

function json(schema: JsonSchema): object {
  return { "application/json": { schema } };
}

/** Returns one schema that accepts any of the given ones. */
function anyOf(schemas: readonly JsonSchema[]): JsonSchema {
  const different = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
  return different.length === 1 ? (different[0] as JsonSchema) : { anyOf: different };
}

/** Makes a name of a path: "/v1/rerank" → "V1Rerank". */
function nameOf(path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join("") || "Root";
}
