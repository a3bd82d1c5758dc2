/** Where one tensor is in a file. */
export interface TensorLocation {
  readonly name: string;
  /** "F32", "F16", "BF16", "I64", or one that no graph is built of. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Real path of the file. */
  readonly file: string;
  /** First byte, counted from the start of the file. */
  readonly offset: number;
  /** Bytes from the first to the last. */
  readonly length: number;
  /** Elements from one row of each dimension to the next. Undefined if the elements follow one another, the last dimension first. */
  readonly strides?: readonly number[];
}
