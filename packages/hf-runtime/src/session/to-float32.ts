import { InferenceError } from "../errors/inference-error.js";
import type { RawTensor } from "./worker-protocol.js";

/**
 * A result's numbers as float32; 16-bit floats (of graphs that compute in half precision) are widened exactly.
 * @throws InferenceError for any other type
 */
export function toFloat32({ type, data }: RawTensor): Float32Array {
  if (type === "float32") return data as Float32Array;
  if (type === "float16") {
    const halves = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
    return Float32Array.from(halves, halfToFloat);
  }
  throw new InferenceError("the model", `expected an output of float32 or float16, got ${type}`);
}

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. */
export function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
