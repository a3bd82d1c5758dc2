import type { Task } from "../contracts/task.js";
import type { InputEncoder } from "../inputs/input-encoder.js";
import type { ModelRunner } from "../modules/model-runner.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";

/** Longest inputs in tokens by what they are for. */
export type Lengths = Readonly<Partial<Record<Task, number | undefined>>>;

/** One way through a model: what reads the texts, and what computes. */
export interface ModelRoute<Row = Float32Array> {
  /** Tokens of a query, and of a document, if the model limits them apart from other texts. */
  readonly lengths: Lengths;
  readonly tokenizer: TextTokenizer;
  readonly inputs: InputEncoder;
  readonly run: ModelRunner<Row>;
  /** Tasks that its transformer has adapters for, by their numbers in the graph. */
  readonly adapters: readonly string[];
  /** Width of the last module's vectors, if the files say. */
  readonly width: number | undefined;
}
