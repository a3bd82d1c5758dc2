import { WeightShapeError } from "../errors/weight-shape-error.js";
import { readTensor } from "../graph/weights/place-weights.js";
import type { TensorLocation } from "./read-safetensors-header.js";

/** Reads a tensor of F32, F16 or BF16 as float32. */
export async function readFloat32(tensor: TensorLocation): Promise<Float32Array> {
  const bytes = await readTensor(tensor);
  if (tensor.dtype === "F32") return new Float32Array(bytes.buffer);
  if (tensor.dtype === "F16") return fromFloat16(new Uint16Array(bytes.buffer));
  if (tensor.dtype === "BF16") return fromBfloat16(new Uint16Array(bytes.buffer));
  throw new WeightShapeError(tensor.name, "F32, F16 or BF16", tensor.dtype);
}

/** bfloat16 is float32's upper half. */
export function fromBfloat16(halves: Uint16Array): Float32Array {
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) bits[i] = (halves[i] as number) << 16;
  return new Float32Array(bits.buffer);
}

/** float16: 1 sign bit, 5 of exponent (bias 15), 10 of fraction; read by a table of all 65,536. */
export function fromFloat16(halves: Uint16Array): Float32Array {
  table ??= Float32Array.from({ length: 65_536 }, (_, half) => float16(half));
  const values = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) values[i] = table[halves[i] as number] as number;
  return values;
}

let table: Float32Array | undefined;

function float16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
