import { WeightShapeError } from "../../errors/weight-shape-error.js";
import type { TensorLocation } from "../../safetensors/read-safetensors-header.js";
import { ElementType } from "../onnx/element-type.js";

/** ONNX's element types by safetensors' names. */
const ELEMENT_TYPES: Readonly<Record<string, ElementType>> = {
  F32: ElementType.float32,
  F16: ElementType.float16,
  BF16: ElementType.bfloat16,
  U8: ElementType.uint8,
  I8: ElementType.int8,
  I64: ElementType.int64,
};

/** ONNX's element type of a tensor. @throws WeightShapeError if a graph cannot hold it */
export function elementTypeOf(tensor: Pick<TensorLocation, "name" | "dtype">): ElementType {
  const type = ELEMENT_TYPES[tensor.dtype];
  if (type === undefined) throw new WeightShapeError(tensor.name, "F32, F16 or BF16", tensor.dtype);
  return type;
}
