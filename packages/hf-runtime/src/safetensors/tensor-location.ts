/** Where one tensor is in a file. */
export interface TensorLocation {
  readonly name: string;
  /** Element type: "F32", "F16", "BF16", "I64", or one that graphs do not use. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Real path of the file. */
  readonly file: string;
  /** Position of the first byte in the file. */
  readonly offset: number;
  /** Number of bytes from the first to the last element. */
  readonly length: number;
  /** Strides in elements. Undefined if the tensor is contiguous and row-major. */
  readonly strides?: readonly number[];
}
