import { ModelConfigError } from "../errors/model-config-error.js";
import type { ModelRunner } from "../modules/model-runner.js";
import type { LogitsSource } from "./logits-source.js";

/**
 * Makes the logits of each pair independently of the others.
 * @param numLabels number of labels in the configuration
 * @throws ModelConfigError from a call, if the model gives another number of logits
 */
export function pairwiseLogits(run: ModelRunner, numLabels: number): LogitsSource {
  const checkWidth = (labels: number): void => {
    if (labels === numLabels) return;
    throw new ModelConfigError("num_labels", `${labels}, as many as the model gives logits`, numLabels);
  };
  return (pairs, options) => run(pairs, { ...options, checkWidth });
}
