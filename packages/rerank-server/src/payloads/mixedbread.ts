import { MODEL_NAME } from "./model-name.js";
import type { ScoringRequest } from "./payload.js";
import { payloadOf } from "./payload-of.js";
import { ranked } from "./ranked.js";
import { relevance } from "./relevance.js";
import { DOCUMENTS, servedDocuments } from "./served-document.js";
import { USAGE_SCHEMA, usage } from "./usage.js";
import { flag } from "./values/flag.js";
import { listOf } from "./values/list-of.js";
import { constantSchema, INTEGER, listSchema, NUMBER, objectSchema, STRING } from "./values/object-schema.js";
import { optional } from "./values/optional.js";
import { shape } from "./values/shape.js";
import { text } from "./values/text.js";
import { wholeNumber } from "./values/whole-number.js";

/** Mixedbread's default number of results. */
const USUAL_TOP_K = 10;

/** Mixedbread's rerank: `{query, input, top_k, return_input}` → `{data: [{index, score, input}], …}`, best first. */
export const mixedbread = payloadOf({
  name: "mixedbread",
  example: '{"query": query, "input": [text, …]}',
  matches: (body) => "query" in body && "input" in body,
  shape: shape({
    model: MODEL_NAME,
    query: text,
    input: DOCUMENTS,
    top_k: optional(wholeNumber(1), USUAL_TOP_K),
    return_input: optional(flag, false),
    rank_fields: optional(listOf(text)),
  }),
  answerSchema: objectSchema({
    object: constantSchema("list"),
    model: STRING,
    data: listSchema(
      objectSchema({ index: INTEGER, score: NUMBER, input: {}, object: constantSchema("rank_result") }),
    ),
    usage: USAGE_SCHEMA,
    top_k: INTEGER,
    return_input: { type: "boolean" },
  }),
  read({ query, input, top_k, return_input, rank_fields }): ScoringRequest {
    const documents = servedDocuments(input, "input", rank_fields);
    const given = Array.isArray(input) ? input : [input];
    return {
      pairs: documents.map(({ text }) => [query, text]),
      truncate: true,
      countsTokens: true,
      answer: (logits, { model, tokens }) => ({
        object: "list",
        model,
        data: ranked(logits)
          .slice(0, top_k)
          .map(({ index, logits }) => ({
            index,
            score: relevance(logits),
            input: return_input ? given[index] : null,
            object: "rank_result",
          })),
        usage: usage(tokens),
        top_k,
        return_input,
      }),
    };
  },
});
