import { ModelConfigError } from "../errors/model-config-error.js";
import type { ModelRunner } from "../modules/model-runner.js";
import type { LogitsSource } from "./logits-source.js";

/**
 * Makes a source of logits for models that score each pair independently of the others. Its calls throw a ModelConfigError if the model returns
 * another number of logits than `numLabels`.
 * @param numLabels number of labels in the configuration
 */
export function pairwiseLogits(run: ModelRunner, numLabels: number): LogitsSource {
  const checkWidth = (labels: number): void => {
    if (labels === numLabels) return;
    throw new ModelConfigError("num_labels", `${labels}, as many as the model gives logits`, numLabels);
  };
  return (pairs, options) => run(pairs, { ...options, checkWidth });
}
