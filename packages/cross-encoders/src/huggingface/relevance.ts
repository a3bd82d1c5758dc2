import type { ActivationFunction } from "@secondpass/core";
import type { Activation, CrossEncoder } from "@secondpass/hf-runtime";
import type { RankableScores } from "../base-cross-encoder.js";
import { UnknownLabelError } from "../errors/unknown-label-error.js";

/** The output of a model that is the relevance, and how it becomes a score. */
export interface Relevance {
  /** Index of the label. */
  readonly label: number;
  /** Name of the activation. */
  readonly activation: Activation;
  readonly activate: ActivationFunction;
}

/**
 * Finds the index of the label that means "relevant". The default is LangChain's: the only one, or the second of several, which means
 * "relevant" in two-label models.
 *
 * @param chosen the caller's choice: an index, or a name in the model's `id2label`
 * @throws {UnknownLabelError} if the model has no such label
 */
export function relevanceLabel(
  model: Pick<CrossEncoder, "model" | "numLabels" | "labels">,
  chosen?: string | number,
): number {
  if (chosen === undefined) return model.numLabels > 1 ? 1 : 0;
  const index = typeof chosen === "number" ? chosen : model.labels.indexOf(chosen);
  if (Number.isInteger(index) && index >= 0 && index < model.numLabels) return index;
  const names = Array.from({ length: model.numLabels }, (_, i) => model.labels[i] ?? `LABEL_${i}`);
  throw new UnknownLabelError(model.model, chosen, names);
}

/** Computes scores and sort keys of pairs: [pairs][labels] logits → one of each per pair. */
export function relevanceScores(
  logits: readonly Float32Array[],
  { label, activation, activate }: Relevance,
): Required<RankableScores> {
  const scores = logits.map((row) => activate(row)[label] as number);
  return { scores, sortKeys: logits.map((row, index) => sortKey(row, label, activation) ?? scores[index]!) };
}

/** Activations that keep the order of logits, but saturate: in float32, sigmoid is 1 from a logit of 17 on. */
const ORDER_KEEPING = ["identity", "sigmoid", "tanh", "relu"];

/** A value in the same order as the score, but finer; undefined if there is none. */
function sortKey(row: Float32Array, label: number, activation: Activation): number | undefined {
  const logit = row[label] as number;
  if (ORDER_KEEPING.includes(activation)) return logit;
  if (activation !== "softmax" || row.length === 1) return undefined;
  // The order of softmax is that of the odds of the label against all others: its logit minus the logarithm of their summed exponentials.
  const others = row.filter((_, index) => index !== label);
  const largest = others.reduce((a, b) => Math.max(a, b));
  return logit - largest - Math.log(others.reduce((sum, other) => sum + Math.exp(other - largest), 0));
}
