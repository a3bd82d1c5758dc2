import type { ModelConfig } from "../../model-source/model-config.js";
import type { WeightStore } from "../weights/weight-store.js";

/** Name of the input that says whose adapters count: [1]. A number that no adapter has leaves the weights as they are. */
export const ADAPTER_INPUT = "task_id";

/** What torch's parametrizations put behind the name of a layer. */
export const LORA = ".parametrizations.weight.0.lora_";

/** Adapters (LoRA) of several tasks, of which one counts in a pass: the form of jina-embeddings-v3. */
export interface Adapters {
  /** How many tasks there are. */
  readonly count: number;
  /** Width between the two matrices of an adapter. */
  readonly rank: number;
  /** What the adapters' products are multiplied by: alpha / rank. */
  readonly scale: number;
}

/** The settings of a model that has adapters; undefined for one without, whatever its configuration says. */
export function adaptersOf(config: ModelConfig, weights: WeightStore): Adapters | undefined {
  const tasks = config.strings("lora_adaptations");
  if (tasks === undefined || !weights.names().some((name) => name.includes(LORA))) return undefined;
  const rank = config.size("lora_rank", 4);
  return { count: tasks.length, rank, scale: config.number("lora_alpha", 1) / rank };
}
