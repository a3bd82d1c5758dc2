/** One input of a forward pass, row-major. float16 numbers are given as 16-bit patterns. */
export interface InputTensor {
  readonly type: "int32" | "int64" | "float32" | "float16";
  readonly data: Int32Array | BigInt64Array | Float32Array | Uint16Array;
  readonly dims: readonly number[];
}

/** The result of a forward pass, row-major, always float32. */
export interface OutputTensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** An input or output that the model declares. `type` is ONNX's name: "int64", "float32", "float16"… */
export interface TensorPort {
  readonly name: string;
  readonly type: string;
  /** Sizes; a size that is only known when the model runs is a name. Empty or missing if the model does not declare them. */
  readonly shape?: readonly (number | string)[];
}

/** Options of one forward pass. */
export interface PassOptions {
  /** Runs the pass on all threads, for calls with too few passes to run `parallelism` at a time. Has no effect if `parallelism` is 1. @default false */
  readonly allThreads?: boolean;
  /** Cancels the pass if it has not begun: it rejects with the signal's reason. A pass that has begun continues and resolves. */
  readonly signal?: AbortSignal;
}

/** A loaded model that computes: named tensors in, one float tensor out. It does not know about tokens or heads. */
export interface InferenceSession {
  readonly inputs: readonly TensorPort[];
  readonly outputs: readonly TensorPort[];
  /** How many passes run in parallel. Minimum 1. */
  readonly parallelism: number;
  /**
   * One forward pass. Passes begin in the order of the calls, `parallelism` at a time.
   *
   * @throws SessionCrashedError if the worker or process ends before it answers; the next call starts a fresh one
   * @throws SessionDisposedError after `dispose`
   */
  run(
    feeds: Readonly<Record<string, InputTensor>>,
    output: string,
    options?: PassOptions,
  ): Promise<OutputTensor>;
  /** Frees the model's memory and its threads. Unanswered passes reject. Safe to call twice. */
  dispose(): Promise<void>;
}
