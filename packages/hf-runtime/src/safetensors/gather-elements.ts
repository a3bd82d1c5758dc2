import { DTYPE_BITS } from "./dtype-bits.js";
import type { TensorLocation } from "./tensor-location.js";

/**
 * Copies a tensor with any strides into row-major order.
 * @param bytes the file's bytes from the tensor's first to its last
 * @param strides strides in elements
 */
export function gatherElements(
  bytes: Uint8Array,
  { dtype, shape }: Pick<TensorLocation, "dtype" | "shape">,
  strides: readonly number[],
): Uint8Array {
  const size = DTYPE_BITS.get(dtype)! / 8;
  const count = shape.reduce((product, length) => product * length, 1);
  const gathered = new Uint8Array(count * size);
  const source = elementsOf(bytes, size);
  const target = elementsOf(gathered, size);
  const columns = shape.at(-1) ?? 1;
  const step = strides.at(-1) ?? 1;
  const index = shape.slice(0, -1).map(() => 0);
  for (let to = 0, row = 0; to < count; ) {
    for (let column = 0; column < columns; column++, to++) target[to] = source[row + column * step]!;
    // Go to the next row, the second to last dimension first.
    for (let i = index.length - 1; i >= 0; i--) {
      index[i]!++;
      row += strides[i]!;
      if (index[i]! < shape[i]!) break;
      row -= strides[i]! * shape[i]!;
      index[i] = 0;
    }
  }
  return gathered;
}

function elementsOf(
  { buffer, byteOffset, length }: Uint8Array,
  size: number,
): Uint8Array | Uint16Array | Uint32Array | Float64Array {
  switch (size) {
    case 1:
      return new Uint8Array(buffer, byteOffset, length);
    case 2:
      return new Uint16Array(buffer, byteOffset, length / 2);
    case 4:
      return new Uint32Array(buffer, byteOffset, length / 4);
    default:
      return new Float64Array(buffer, byteOffset, length / 8);
  }
}
