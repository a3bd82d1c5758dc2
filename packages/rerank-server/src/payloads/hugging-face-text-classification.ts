import type { TextPair } from "@secondpass/core";
import { LABEL_SCORES_SCHEMA, labelScores } from "./label-scores.js";
import { payloadOf } from "./payload-of.js";
import { anything } from "./values/anything.js";
import { choice } from "./values/choice.js";
import type { Field } from "./values/field.js";
import { flag } from "./values/flag.js";
import { isObject } from "./values/is-object.js";
import type { JsonObject } from "./values/json-object.js";
import { listOf } from "./values/list-of.js";
import { listSchema } from "./values/object-schema.js";
import { optional } from "./values/optional.js";
import { shape } from "./values/shape.js";
import { text } from "./values/text.js";
import { unexpected } from "./values/unexpected.js";

const textAndPair: Field<TextPair> = {
  schema: {
    type: "object",
    properties: { text: text.schema, text_pair: text.schema },
    required: ["text", "text_pair"],
  },
  read(input, where) {
    if (!isObject(input)) throw unexpected(where, '{"text", "text_pair"}', input);
    return [text.read(input.text, `${where}.text`), text.read(input.text_pair, `${where}.text_pair`)];
  },
};
const inputList = listOf(textAndPair);
const scoreFunction = optional(choice("none", "sigmoid", "softmax"));

/**
 * The Hugging Face inference toolkit's text-classification: `{inputs: [{text, text_pair}, …], parameters}` →
 * `[[{label, score}, …], …]` with `top_k`, else `[{label, score}, …]`, each pair's best. A single object as `inputs` is
 * answered like a list of one, as in transformers.
 */
export const huggingFaceTextClassification = payloadOf({
  name: "hugging_face_text_classification",
  example: '{"inputs": [{"text": query, "text_pair": text}, …]}',
  matches: ({ inputs }) => isObject(inputs) || (Array.isArray(inputs) && isObject(inputs[0])),
  shape: shape({
    inputs: anything({ anyOf: [textAndPair.schema, inputList.schema] }),
    parameters: anything({ anyOf: [{ type: "object" }, { type: "null" }] }),
  }),
  answerSchema: { anyOf: [LABEL_SCORES_SCHEMA, listSchema(LABEL_SCORES_SCHEMA)] },
  read(values, { labels }) {
    const inputs = isObject(values.inputs) ? [values.inputs] : values.inputs;
    const parameters = isObject(values.parameters) ? values.parameters : {};
    const wanted = scoreFunction.read(parameters.function_to_apply, "parameters.function_to_apply");
    const best = readTopK(parameters);
    return {
      pairs: inputList.read(inputs, "inputs"),
      truncate: readTruncation(parameters),
      answer: (logits) =>
        logits.map((pairLogits) => {
          const usual = pairLogits.length === 1 ? "sigmoid" : "softmax";
          const scores = labelScores(pairLogits, labels, wanted ?? usual);
          return best === undefined ? scores[0] : scores.slice(0, best);
        }),
    };
  },
});

/** Reads `truncation`: transformers accepts a boolean, or the name of a strategy. */
function readTruncation({ truncation }: JsonObject): boolean | undefined {
  if (truncation === "do_not_truncate") return false;
  if (truncation === "longest_first") return true;
  return optional(flag).read(truncation, "parameters.truncation");
}

/** Reads `top_k`, the number of labels of each pair: `null` means all; if missing, the answer has only the best, without a list around it. */
function readTopK({ top_k }: JsonObject): number | undefined {
  if (top_k === undefined) return undefined;
  if (top_k === null) return Number.POSITIVE_INFINITY;
  if (typeof top_k === "number" && Number.isInteger(top_k) && top_k >= 1) return top_k;
  throw unexpected("parameters.top_k", "a positive integer or null", top_k);
}
