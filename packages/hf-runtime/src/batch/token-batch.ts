/** The encoded inputs of one forward pass, padded to the longest. All tensors are [rows, tokens], row-major. */
export interface TokenBatch {
  readonly rows: number;
  readonly tokens: number;
  readonly inputIds: Int32Array;
  /** 1 for a token, 0 for padding. */
  readonly attentionMask: Int32Array;
  readonly typeIds: Int32Array;
  /** 1 for a token, even if other tokens do not attend to it; 0 for padding. @default the attention mask */
  readonly tokenMask?: Int32Array;
  /** [rows] position of each row in the caller's list. */
  readonly indices: readonly number[];
  /** Whether the pass should run on all threads, because the call has too few batches to keep a session's workers equally busy. */
  readonly allThreads: boolean;
  /** Whether the pass should begin only when a worker is idle: it is among the last of a call, and the worker that is free first should take it. @default false */
  readonly whenIdle?: boolean;
}
