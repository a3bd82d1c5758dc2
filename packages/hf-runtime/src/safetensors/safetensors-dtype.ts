import { ElementType } from "../graph/onnx/element-type.js";

/** Element types of safetensors that a graph can hold, with their ONNX type and size in bytes. Others are not looked at. */
export const SAFETENSORS_DTYPES: Readonly<
  Record<string, { readonly type: ElementType; readonly size: number }>
> = {
  F32: { type: ElementType.float32, size: 4 },
  F16: { type: ElementType.float16, size: 2 },
  BF16: { type: ElementType.bfloat16, size: 2 },
  U8: { type: ElementType.uint8, size: 1 },
  I8: { type: ElementType.int8, size: 1 },
  I64: { type: ElementType.int64, size: 8 },
};
