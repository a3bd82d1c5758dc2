/** Encoded inputs of one forward pass, padded to the longest. All tensors are [rows, tokens], row-major. */
export interface TokenBatch {
  readonly rows: number;
  readonly tokens: number;
  readonly inputIds: Int32Array;
  /** 1 for a token, 0 for padding. */
  readonly attentionMask: Int32Array;
  readonly typeIds: Int32Array;
  /** 1 for a token, also for one that the others do not attend to, 0 for padding. @default the attention mask: there are no such tokens */
  readonly tokenMask?: Int32Array;
  /** [rows] position of each row in the caller's list. */
  readonly indices: readonly number[];
  /** Whether the pass should have all threads: the call has too few batches to keep the workers of a session equally busy. */
  readonly allThreads: boolean;
}
