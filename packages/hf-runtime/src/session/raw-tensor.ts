/** A result as onnxruntime has it; float16 data are the 16-bit patterns or a Float16Array where the engine has one. */
export interface RawTensor {
  readonly type: string;
  readonly data: ArrayBufferView;
  readonly dims: readonly number[];
}
