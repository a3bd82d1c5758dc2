import { WeightShapeError } from "../errors/weight-shape-error.js";
import { fromBfloat16 } from "./from-bfloat16.js";
import { fromFloat16 } from "./from-float16.js";
import type { TensorLocation } from "./read-safetensors-header.js";
import { readTensor } from "./read-tensor.js";

/** Reads a tensor of F32, F16 or BF16 as float32. */
export async function readFloat32(tensor: TensorLocation): Promise<Float32Array> {
  return toFloat32(tensor, await readTensor(tensor));
}

/** A tensor's bytes as float32. @throws WeightShapeError if it is not F32, F16 or BF16 */
export function toFloat32(tensor: TensorLocation, bytes: Uint8Array): Float32Array {
  if (tensor.dtype === "F32") return new Float32Array(bytes.buffer);
  if (tensor.dtype === "F16") return fromFloat16(new Uint16Array(bytes.buffer));
  if (tensor.dtype === "BF16") return fromBfloat16(new Uint16Array(bytes.buffer));
  throw new WeightShapeError(tensor.name, "F32, F16 or BF16", tensor.dtype);
}
