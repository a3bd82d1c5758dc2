import { WeightShapeError } from "../errors/weight-shape-error.js";
import { fromBfloat16 } from "./from-bfloat16.js";
import { fromFloat16 } from "./from-float16.js";
import type { TensorLocation } from "./read-safetensors-header.js";
import { readTensor } from "./read-tensor.js";

/** Returns a row of a matrix, which is valid until the next call. */
export type NumberRows = (row: number) => ArrayLike<number>;

/**
 * Reads a matrix [rows, width] in its stored type, and converts rows to numbers when they are needed.
 * @throws WeightShapeError for an element type other than F64, F32, F16, BF16, I8 and U8
 */
export async function numberRows(tensor: TensorLocation): Promise<NumberRows> {
  const width = tensor.shape[1]!;
  const { buffer } = await readTensor(tensor);
  const rowsOf =
    <Numbers extends { subarray(from: number, to: number): Numbers }>(numbers: Numbers) =>
    (row: number) =>
      numbers.subarray(row * width, (row + 1) * width);
  switch (tensor.dtype) {
    case "F64":
      return rowsOf(new Float64Array(buffer));
    case "F32":
      return rowsOf(new Float32Array(buffer));
    case "I8":
      return rowsOf(new Int8Array(buffer));
    case "U8":
      return rowsOf(new Uint8Array(buffer));
    case "F16": {
      const halves = rowsOf(new Uint16Array(buffer));
      return (row) => fromFloat16(halves(row));
    }
    case "BF16": {
      const halves = rowsOf(new Uint16Array(buffer));
      return (row) => fromBfloat16(halves(row));
    }
    default:
      throw new WeightShapeError(tensor.name, "F64, F32, F16, BF16, I8 or U8", tensor.dtype);
  }
}
