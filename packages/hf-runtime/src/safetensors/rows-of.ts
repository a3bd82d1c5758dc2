import { DTYPE_BITS } from "./dtype-bits.js";
import { rowMajorStrides } from "./row-major-strides.js";
import type { TensorLocation } from "./tensor-location.js";

/**
 * The rows of a tensor from one on.
 * @param tensor its place, with the shape of the part
 * @param from rows before the first
 */
export function rowsOf(tensor: TensorLocation, from: number): TensorLocation {
  const { shape, strides = rowMajorStrides(shape) } = tensor;
  const bytes = DTYPE_BITS.get(tensor.dtype)! / 8;
  const span = shape.some((size) => size === 0)
    ? 0
    : shape.reduce((sum, size, i) => sum + (size - 1) * strides[i]!, 1);
  return { ...tensor, offset: tensor.offset + from * strides[0]! * bytes, length: span * bytes };
}
