/** A result in onnxruntime's form. float16 data are 16-bit patterns, or a Float16Array if the JavaScript engine has that class. */
export interface RawTensor {
  readonly type: string;
  readonly data: ArrayBufferView;
  readonly dims: readonly number[];
}
