import { DTYPE_BITS } from "./dtype-bits.js";
import { rowMajorStrides } from "./row-major-strides.js";
import type { TensorLocation } from "./tensor-location.js";

/**
 * The location of some rows of a tensor.
 * @param tensor the tensor's location, but with the shape of the rows
 * @param from index of the first row
 */
export function rowsOf(tensor: TensorLocation, from: number): TensorLocation {
  const { shape, strides = rowMajorStrides(shape) } = tensor;
  const bytes = DTYPE_BITS.get(tensor.dtype)! / 8;
  const span = shape.some((size) => size === 0)
    ? 0
    : shape.reduce((sum, size, i) => sum + (size - 1) * strides[i]!, 1);
  return { ...tensor, offset: tensor.offset + from * strides[0]! * bytes, length: span * bytes };
}
