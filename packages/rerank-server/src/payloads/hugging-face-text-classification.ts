import type { TextPair } from "@secondpass/core";
import { labelScores, type ScoreFunction } from "./label-scores.js";
import type { Payload } from "./payload.js";
import { isObject } from "./values/is-object.js";
import type { JsonObject } from "./values/json-object.js";
import { readFlag } from "./values/read-flag.js";
import { readList } from "./values/read-list.js";
import { readString } from "./values/read-string.js";
import { unexpected } from "./values/unexpected.js";

/**
 * The Hugging Face inference toolkit's text-classification: `{inputs: [{text, text_pair}, …], parameters}` →
 * `[[{label, score}, …], …]` with `top_k`, else `[{label, score}, …]`, each pair's best. A single object as `inputs` is
 * answered as a list of one, as transformers does.
 */
export const huggingFaceTextClassification: Payload = {
  name: "hugging_face_text_classification",
  example: '{"inputs": [{"text": query, "text_pair": text}, …]}',
  matches: ({ inputs }) => isObject(inputs) || (Array.isArray(inputs) && isObject(inputs[0])),
  read(body, { labels }) {
    const inputs = isObject(body.inputs) ? [body.inputs] : readList(body.inputs, "inputs");
    const parameters = isObject(body.parameters) ? body.parameters : {};
    const asked = readScoreFunction(parameters);
    const topK = readTopK(parameters);
    return {
      pairs: inputs.map(readTextPair),
      truncate: readTruncation(parameters),
      answer: (logits) =>
        logits.map((pairLogits) => {
          const scores = labelScores(
            pairLogits,
            labels,
            asked ?? (pairLogits.length === 1 ? "sigmoid" : "softmax"),
          );
          return topK === undefined ? scores[0] : scores.slice(0, topK);
        }),
    };
  },
};

function readTextPair(input: unknown, index: number): TextPair {
  const where = `inputs[${index}]`;
  if (!isObject(input)) throw unexpected(where, '{"text", "text_pair"}', input);
  return [readString(input.text, `${where}.text`), readString(input.text_pair, `${where}.text_pair`)];
}

/** transformers takes a boolean, or a strategy by name. */
function readTruncation({ truncation }: JsonObject): boolean | undefined {
  if (truncation === "do_not_truncate") return false;
  if (truncation === "longest_first") return true;
  return readFlag(truncation, "parameters.truncation", undefined);
}

/** Labels of each pair: `null` is all of them; absent, only the best and no list around it. */
function readTopK({ top_k }: JsonObject): number | undefined {
  if (top_k === undefined) return undefined;
  if (top_k === null) return Number.POSITIVE_INFINITY;
  if (typeof top_k === "number" && Number.isInteger(top_k) && top_k >= 1) return top_k;
  throw unexpected("parameters.top_k", "a positive integer or null", top_k);
}

function readScoreFunction({ function_to_apply: name }: JsonObject): ScoreFunction | undefined {
  if (name === undefined || name === null) return undefined;
  if (name === "none" || name === "sigmoid" || name === "softmax") return name;
  throw unexpected("parameters.function_to_apply", '"none", "sigmoid" or "softmax"', name);
}
