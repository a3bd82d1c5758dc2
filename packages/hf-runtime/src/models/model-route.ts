import type { Task } from "../contracts/task.js";
import type { InputEncoder } from "../inputs/input-encoder.js";
import type { ModelRunner } from "../modules/model-runner.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";

/** Maximum lengths of inputs in tokens, by task. */
export type Lengths = Readonly<Partial<Record<Task, number | undefined>>>;

/** A route through a model: how texts are read, and the function that computes. */
export interface ModelRoute<Row = Float32Array> {
  /** Maximum lengths of queries and documents, if the model has special limits for them. */
  readonly lengths: Lengths;
  readonly tokenizer: TextTokenizer;
  readonly inputs: InputEncoder;
  readonly run: ModelRunner<Row>;
  /** Tasks for which its transformer has adapters, in the order of their numbers in the graph. */
  readonly adapters: readonly string[];
  /** Width of the last module's vectors, if the files state it. */
  readonly width: number | undefined;
}
