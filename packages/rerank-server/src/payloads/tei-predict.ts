import { labelScores } from "./label-scores.js";
import type { Payload } from "./payload.js";
import { readFlag } from "./values/read-flag.js";
import { readList } from "./values/read-list.js";
import { readPair, readPairs } from "./values/read-pairs.js";
import { readTruncate } from "./values/read-truncate.js";

/**
 * Text Embeddings Inference's predict: `{inputs: [[query, text], …], raw_scores, truncate}` → `[[{label, score}, …], …]`;
 * a single `[query, text]` is answered by a single list.
 */
export const teiPredict: Payload = {
  name: "tei_predict",
  example: '{"inputs": [[query, text], …]}',
  matches: ({ inputs }) => Array.isArray(inputs) && (inputs.length === 0 || !isRecordList(inputs)),
  read(body, { labels }) {
    const inputs = readList(body.inputs, "inputs");
    const isSingle = inputs.length === 2 && inputs.every((input) => typeof input === "string");
    const raw = readFlag(body.raw_scores, "raw_scores", false);
    return {
      pairs: isSingle ? [readPair(inputs, "inputs")] : readPairs(inputs, "inputs"),
      truncate: readTruncate(body),
      answer(logits) {
        const answers = logits.map((pairLogits) =>
          labelScores(pairLogits, labels, raw ? "none" : pairLogits.length === 1 ? "sigmoid" : "softmax"),
        );
        return isSingle ? answers[0] : answers;
      },
    };
  },
};

function isRecordList(inputs: readonly unknown[]): boolean {
  return typeof inputs[0] === "object" && !Array.isArray(inputs[0]);
}
