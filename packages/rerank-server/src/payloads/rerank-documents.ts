import { randomUUID } from "node:crypto";
import { MODEL_NAME } from "./model-name.js";
import type { Payload, ScoringRequest } from "./payload.js";
import { payloadOf } from "./payload-of.js";
import { ranked } from "./ranked.js";
import { relevance, relevantLogit } from "./relevance.js";
import { DOCUMENTS, servedDocuments } from "./served-document.js";
import { USAGE_SCHEMA, usage } from "./usage.js";
import { flag } from "./values/flag.js";
import { listOf } from "./values/list-of.js";
import { INTEGER, listSchema, NUMBER, objectSchema, STRING } from "./values/object-schema.js";
import { optional } from "./values/optional.js";
import { shape } from "./values/shape.js";
import { text } from "./values/text.js";
import { readTokenLimits, TOKEN_LIMITS } from "./values/token-limits.js";
import { readTruncation, TRUNCATION } from "./values/truncation.js";
import { wholeNumber } from "./values/whole-number.js";

/** Options of {@link rerankDocuments}. */
export interface RerankDocumentsOptions {
  /** For logs and error messages. */
  readonly name: string;
  /** Cohere's version of the path, shown in `meta`. */
  readonly apiVersion: "1" | "2";
  /**
   * Whether clients that want documents get them back. False if clients of two protocols send the same bytes, but want documents in
   * different forms. @default true
   */
  readonly returnsDocuments?: boolean;
  /** Smallest `top_n`; 0 means all, as vLLM's clients say. @default 0 */
  readonly minTopN?: number;
  /**
   * Whether it accepts only bodies that a client of Voyage may have sent, too, and answers both `results` and Voyage's `data`.
   * @default false
   */
  readonly isAmbiguous?: boolean;
}

/** Keys that Voyage's clients do not send. */
const NOT_VOYAGE = [
  "top_n",
  "rank_fields",
  "max_chunks_per_doc",
  "max_tokens_per_doc",
  "max_tokens_per_query",
  "truncate_prompt_tokens",
  "return_len",
  "raw_scores",
  "use_activation",
  "truncate",
];

/**
 * The rerank of Cohere, Jina, vLLM, Infinity, Xinference, LocalAI…: `{query, documents, top_n}` →
 * `{id, model, results: [{index, relevance_score}], meta, usage}`, best first. The answer has the fields that all of their clients need.
 */
export function rerankDocuments(options: RerankDocumentsOptions): Payload {
  const { name, apiVersion, returnsDocuments = true, minTopN = 0, isAmbiguous = false } = options;
  return payloadOf({
    name,
    example: '{"query": query, "documents": [text, …]}',
    matches: (body) =>
      "query" in body && "documents" in body && !(isAmbiguous && NOT_VOYAGE.some((key) => key in body)),
    shape: shape({
      model: MODEL_NAME,
      query: text,
      documents: DOCUMENTS,
      top_n: optional(wholeNumber(minTopN)),
      rank_fields: optional(listOf(text)),
      return_documents: optional(flag, false),
      return_len: optional(flag, false),
      raw_scores: optional(flag, false),
      use_activation: optional(flag, true),
      ...TOKEN_LIMITS,
      ...TRUNCATION,
    }),
    answerSchema: isAmbiguous
      ? objectSchema({ ...ANSWER, data: listSchema(objectSchema(VOYAGE_RESULT, ["document"])) })
      : objectSchema({ ...ANSWER, tokens: TOKENS }, ["tokens"]),
    read(values): ScoringRequest {
      const documents = servedDocuments(values.documents, "documents", values.rank_fields);
      const score = values.raw_scores || !values.use_activation ? relevantLogit : relevance;
      const withDocuments = returnsDocuments && values.return_documents;
      return {
        pairs: documents.map((document) => [values.query, document.text]),
        tokenLimits: readTokenLimits(values),
        ...readTruncation(values, true),
        countsTokens: true,
        answer(logits, { model, tokens }) {
          const best = ranked(logits).slice(0, values.top_n || undefined);
          const read = { input_tokens: tokens, output_tokens: 0 };
          return {
            id: randomUUID(),
            model,
            results: best.map(({ index, logits }) => ({
              index,
              ...(withDocuments && { document: documents[index]?.whole }),
              relevance_score: score(logits),
            })),
            ...(isAmbiguous && {
              data: best.map(({ index, logits }) => ({
                index,
                ...(withDocuments && { document: documents[index]?.text }),
                relevance_score: score(logits),
              })),
            }),
            meta: { api_version: { version: apiVersion }, billed_units: { search_units: 1 }, tokens: read },
            ...(values.return_len && { tokens: read }),
            usage: usage(tokens),
          };
        },
      };
    },
  });
}

const TOKENS = objectSchema({ input_tokens: INTEGER, output_tokens: INTEGER });
const RESULT = { index: INTEGER, document: { type: "object" }, relevance_score: NUMBER };
const VOYAGE_RESULT = { index: INTEGER, document: STRING, relevance_score: NUMBER };
const ANSWER = {
  id: STRING,
  model: STRING,
  results: listSchema(objectSchema(RESULT, ["document"])),
  meta: objectSchema({
    api_version: objectSchema({ version: STRING }),
    billed_units: objectSchema({ search_units: INTEGER }),
    tokens: TOKENS,
  }),
  usage: USAGE_SCHEMA,
};
