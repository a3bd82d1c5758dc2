import { randomUUID } from "node:crypto";
import type { TextPair } from "@secondpass/core";
import { RequestError } from "../errors/request-error.js";
import { MODEL_NAME } from "./model-name.js";
import type { Payload, ScoringRequest } from "./payload.js";
import { payloadOf } from "./payload-of.js";
import { relevance, relevantLogit } from "./relevance.js";
import { servedDocuments } from "./served-document.js";
import { USAGE_SCHEMA, usage } from "./usage.js";
import { anything } from "./values/anything.js";
import { flag } from "./values/flag.js";
import { constantSchema, INTEGER, listSchema, NUMBER, objectSchema, STRING } from "./values/object-schema.js";
import { optional } from "./values/optional.js";
import { shape } from "./values/shape.js";
import { textOrList } from "./values/text-or-list.js";
import { readTokenLimits, TOKEN_LIMITS } from "./values/token-limits.js";
import { readTruncation, TRUNCATION } from "./values/truncation.js";

/** Names of the two sides of a pair in the versions of vLLM. */
const SIDES = [
  ["queries", "documents"],
  ["queries", "items"],
  ["data_1", "data_2"],
  ["text_1", "text_2"],
] as const;
const SIDE = anything({
  anyOf: [{ type: "string" }, { type: "array", items: { anyOf: [{ type: "string" }, { type: "object" }] } }],
});

/** vLLM's score: pairs of two texts or lists, one to one, one to many or each to its own → scores in the order given. */
export const pairScores: Payload = payloadOf({
  name: "pair_scores",
  example: '{"queries": query, "documents": [text, …]}',
  matches: (body) => SIDES.some(([first, second]) => first in body && second in body),
  shape: shape({
    model: MODEL_NAME,
    queries: SIDE,
    documents: SIDE,
    items: SIDE,
    data_1: SIDE,
    data_2: SIDE,
    text_1: SIDE,
    text_2: SIDE,
    use_activation: optional(flag, true),
    ...TOKEN_LIMITS,
    ...TRUNCATION,
  }),
  answerSchema: objectSchema({
    id: STRING,
    object: constantSchema("list"),
    created: INTEGER,
    model: STRING,
    data: listSchema(objectSchema({ index: INTEGER, object: constantSchema("score"), score: NUMBER })),
    usage: USAGE_SCHEMA,
  }),
  read(values): ScoringRequest {
    const [first, second] = SIDES.find(([a, b]) => isGiven(values[a]) && isGiven(values[b])) ?? SIDES[0];
    const queries = [textOrList.read(values[first], first)].flat();
    const texts = servedDocuments(values[second], second, undefined).map(({ text }) => text);
    return {
      pairs: pairsOf(queries, texts, first, second),
      tokenLimits: readTokenLimits(values),
      ...readTruncation(values, true),
      countsTokens: true,
      answer: (logits, { model, tokens }) => ({
        id: `score-${randomUUID()}`,
        object: "list",
        created: Math.floor(Date.now() / 1000),
        model,
        data: logits.map((each, index) => ({
          index,
          object: "score",
          score: values.use_activation ? relevance(each) : relevantLogit(each),
        })),
        usage: usage(tokens),
      }),
    };
  },
});

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function pairsOf(
  queries: readonly string[],
  texts: readonly string[],
  first: string,
  second: string,
): TextPair[] {
  const [only] = queries;
  if (queries.length === 1 && only !== undefined) return texts.map((text) => [only, text]);
  if (queries.length === texts.length) return queries.map((query, index) => [query, texts[index] as string]);
  throw new RequestError(
    "validation",
    `Expected one text in \`${first}\`, or as many as in \`${second}\` (${texts.length}), got ${queries.length}.`,
  );
}
