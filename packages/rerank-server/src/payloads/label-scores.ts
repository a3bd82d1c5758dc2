import { sigmoid, softmax } from "./relevance.js";
import { listSchema, NUMBER, objectSchema, STRING } from "./values/object-schema.js";

/** One label of a classifier's answer. */
export interface LabelScore {
  readonly label: string;
  readonly score: number;
}

export const LABEL_SCORES_SCHEMA = listSchema(objectSchema({ label: STRING, score: NUMBER }));

/** Function that turns logits into a classifier's scores. */
export type ScoreFunction = "none" | "sigmoid" | "softmax";

/** [labels] logits → every label's score, best first, as Text Embeddings Inference and transformers answer. */
export function labelScores(
  logits: Float32Array,
  labels: readonly string[],
  scoreFunction: ScoreFunction,
): LabelScore[] {
  return applyScoreFunction(logits, scoreFunction)
    .map((score, index) => ({ label: labels[index] ?? `LABEL_${index}`, score }))
    .sort((a, b) => b.score - a.score);
}

function applyScoreFunction(logits: Float32Array, scoreFunction: ScoreFunction): number[] {
  if (scoreFunction === "softmax") return softmax(logits);
  return scoreFunction === "sigmoid" ? [...logits].map(sigmoid) : [...logits];
}
