import { MODEL_NAME } from "./model-name.js";
import type { ScoringRequest } from "./payload.js";
import { payloadOf } from "./payload-of.js";
import { ranked } from "./ranked.js";
import { relevance } from "./relevance.js";
import { DOCUMENTS, servedDocuments } from "./served-document.js";
import { USAGE_SCHEMA, usage } from "./usage.js";
import { flag } from "./values/flag.js";
import { constantSchema, INTEGER, listSchema, NUMBER, objectSchema, STRING } from "./values/object-schema.js";
import { optional } from "./values/optional.js";
import { shape } from "./values/shape.js";
import { text } from "./values/text.js";
import { wholeNumber } from "./values/whole-number.js";

/** Voyage's rerank: `{query, documents, top_k, truncation}` → `{object, data: [{index, relevance_score}], model, usage}`. */
export const voyage = payloadOf({
  name: "voyage",
  example: '{"query": query, "documents": [text, …], "top_k": number or null}',
  matches: (body) => "query" in body && "documents" in body && ("top_k" in body || "truncation" in body),
  shape: shape({
    model: MODEL_NAME,
    query: text,
    documents: DOCUMENTS,
    top_k: optional(wholeNumber(1)),
    return_documents: optional(flag, false),
    truncation: optional(flag, true),
  }),
  answerSchema: objectSchema({
    object: constantSchema("list"),
    data: listSchema(
      objectSchema({ index: INTEGER, document: STRING, relevance_score: NUMBER }, ["document"]),
    ),
    model: STRING,
    usage: USAGE_SCHEMA,
  }),
  read({ query, documents: given, top_k: topK, return_documents: withText, truncation }): ScoringRequest {
    const documents = servedDocuments(given, "documents", undefined);
    return {
      pairs: documents.map(({ text }) => [query, text]),
      truncate: truncation,
      countsTokens: true,
      answer: (logits, { model, tokens }) => ({
        object: "list",
        data: ranked(logits)
          .slice(0, topK)
          .map(({ index, logits }) => ({
            index,
            ...(withText && { document: documents[index]?.text }),
            relevance_score: relevance(logits),
          })),
        model,
        usage: usage(tokens),
      }),
    };
  },
});
