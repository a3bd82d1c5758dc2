/** One input of a forward pass, row-major. float16 are 16-bit patterns. */
export interface InputTensor {
  readonly type: "int32" | "int64" | "float32" | "float16";
  readonly data: Int32Array | BigInt64Array | Float32Array | Uint16Array;
  readonly dims: readonly number[];
}

/** What a forward pass gives back, row-major, always as float32. */
export interface OutputTensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** An input or output that the model declares. `type` is ONNX's name: "int64", "float32", "float16"… */
export interface TensorPort {
  readonly name: string;
  readonly type: string;
  /** Sizes, and names of those that are only known when the model runs. Empty or missing if the model does not declare them. */
  readonly shape?: readonly (number | string)[];
}

/** Options of one forward pass. */
export interface PassOptions {
  /** Gives the pass all threads, for calls that have too few passes to keep `parallelism` of them busy. Has no effect if that is 1. @default false */
  readonly allThreads?: boolean;
  /** Leaves the pass if it has not begun; it rejects with the signal's reason then. A pass that has begun goes on, and answers when it is over. */
  readonly signal?: AbortSignal;
}

/** A loaded model that computes: named tensors in, one float tensor out. Knows nothing of tokens or heads. */
export interface InferenceSession {
  readonly inputs: readonly TensorPort[];
  readonly outputs: readonly TensorPort[];
  /** How many passes compute side by side. Minimum 1. */
  readonly parallelism: number;
  /**
   * One forward pass. Passes begin in the order of the calls, `parallelism` at a time.
   *
   * @throws SessionCrashedError when the worker or process dies before it answers; the next call gets a fresh one
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
