import type { TextPair } from "@secondpass/core";
import { LABEL_SCORES_SCHEMA, labelScores } from "./label-scores.js";
import { payloadOf } from "./payload-of.js";
import { anything } from "./values/anything.js";
import { flag } from "./values/flag.js";
import { listOf } from "./values/list-of.js";
import { listSchema } from "./values/object-schema.js";
import { optional } from "./values/optional.js";
import { shape } from "./values/shape.js";
import { text } from "./values/text.js";
import { textPair } from "./values/text-pair.js";
import { readTruncation, TRUNCATION } from "./values/truncation.js";

const pairList = listOf(textPair);

/**
 * Text Embeddings Inference's predict: `{inputs: [[query, text], …], raw_scores, truncate}` → `[[{label, score}, …], …]`;
 * a single `[query, text]` is answered by a single list.
 */
export const teiPredict = payloadOf({
  name: "tei_predict",
  example: '{"inputs": [[query, text], …]}',
  misfit: "backend",
  matches: ({ inputs }) => Array.isArray(inputs) && (inputs.length === 0 || !isRecordList(inputs)),
  shape: shape({
    inputs: anything({
      type: "array",
      items: { anyOf: [{ type: "string" }, { type: "array", items: text.schema, minItems: 2, maxItems: 2 }] },
    }),
    raw_scores: optional(flag, false),
    ...TRUNCATION,
  }),
  answerSchema: { anyOf: [LABEL_SCORES_SCHEMA, listSchema(LABEL_SCORES_SCHEMA)] },
  read(values, { labels }) {
    const { inputs, raw_scores: raw } = values;
    const pair = singlePair(inputs);
    return {
      pairs: pair ? [pair] : pairList.read(inputs, "inputs"),
      ...readTruncation(values),
      answer(logits) {
        const answers = logits.map((pairLogits) =>
          labelScores(pairLogits, labels, raw ? "none" : pairLogits.length === 1 ? "sigmoid" : "softmax"),
        );
        return pair ? answers[0] : answers;
      },
    };
  },
});

function singlePair(inputs: unknown): TextPair | undefined {
  if (!Array.isArray(inputs) || inputs.length !== 2) return undefined;
  const [query, document] = inputs;
  return typeof query === "string" && typeof document === "string" ? [query, document] : undefined;
}

function isRecordList(inputs: readonly unknown[]): boolean {
  return typeof inputs[0] === "object" && !Array.isArray(inputs[0]);
}
