import { ModelConfigError } from "../errors/model-config-error.js";
import type { ModelRunner } from "../modules/model-runner.js";
import type { LogitsSource } from "./logits-source.js";

/**
 * Logits of every pair.
 * @param numLabels labels that the configuration speaks of
 * @throws ModelConfigError from a call, if the model gives another number of logits than the configuration says
 */
export function pairwiseLogits(run: ModelRunner, numLabels: number): LogitsSource {
  const checkWidth = (labels: number): void => {
    if (labels === numLabels) return;
    throw new ModelConfigError("num_labels", `${labels}, as many as the model gives logits`, numLabels);
  };
  return (pairs, options) => run(pairs, { ...options, checkWidth });
}
