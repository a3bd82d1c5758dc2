import { WeightShapeError } from "../errors/weight-shape-error.js";
import type { TensorLocation } from "./read-safetensors-header.js";
import { readTensor } from "./read-tensor.js";

/** Reads a tensor of integers. 64-bit integers beyond 2^53 lose their last digits. */
export async function readIntegers(tensor: TensorLocation): Promise<ArrayLike<number>> {
  const { buffer } = await readTensor(tensor);
  switch (tensor.dtype) {
    case "I64":
      return Float64Array.from(new BigInt64Array(buffer), Number);
    case "U64":
      return Float64Array.from(new BigUint64Array(buffer), Number);
    case "I32":
      return new Int32Array(buffer);
    case "U32":
      return new Uint32Array(buffer);
    case "I16":
      return new Int16Array(buffer);
    case "U16":
      return new Uint16Array(buffer);
    case "I8":
      return new Int8Array(buffer);
    case "U8":
      return new Uint8Array(buffer);
    default:
      throw new WeightShapeError(tensor.name, "integers", tensor.dtype);
  }
}
