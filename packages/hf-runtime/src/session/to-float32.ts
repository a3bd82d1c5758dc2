import { InferenceError } from "../errors/inference-error.js";
import { fromFloat16 } from "../safetensors/from-float16.js";
import type { RawTensor } from "./raw-tensor.js";

/**
 * A result's numbers as float32. 16-bit floats (of graphs that compute in half precision) are converted exactly.
 * @throws InferenceError for any other type
 */
export function toFloat32(model: string, { type, data }: RawTensor): Float32Array {
  // An array from a worker or a sandbox is of another realm than the caller's, who may check its class.
  if (type === "float32")
    return data instanceof Float32Array
      ? data
      : new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  if (type === "float16")
    return fromFloat16(new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2));
  throw new InferenceError(
    model,
    `expected an output of float32 or float16, got ${type}; choose another file with onnxFile`,
  );
}
