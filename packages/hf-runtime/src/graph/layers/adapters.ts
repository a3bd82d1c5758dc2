import type { ModelConfig } from "../../model-source/model-config.js";
import type { WeightStore } from "../weights/weight-store.js";

/** Name of the input with the number of the task whose adapters are applied: [1]. For a number that no task has, none are applied. */
export const ADAPTER_INPUT = "task_id";

/** Suffix of a layer's name in torch's parametrizations. */
export const LORA = ".parametrizations.weight.0.lora_";

/** Adapters (LoRA) of several tasks, in the form of jina-embeddings-v3. A pass applies those of one task. */
export interface Adapters {
  /** Number of tasks. */
  readonly count: number;
  /** Width between the two matrices of an adapter. */
  readonly rank: number;
  /** Factor of the adapters' products: alpha / rank. */
  readonly scale: number;
}

/** Settings of a model's adapters; undefined if the weights have none, even if the configuration names some. */
export function adaptersOf(config: ModelConfig, weights: WeightStore): Adapters | undefined {
  const tasks = config.strings("lora_adaptations");
  if (tasks === undefined || !weights.names().some((name) => name.includes(LORA))) return undefined;
  const rank = config.size("lora_rank", 4);
  return { count: tasks.length, rank, scale: config.number("lora_alpha", 1) / rank };
}
