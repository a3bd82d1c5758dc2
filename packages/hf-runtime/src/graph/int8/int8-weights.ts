import { int8Names } from "../layers/int8-mat-mul.js";
import { bytesOf } from "../onnx/graph-builder.js";
import type { TensorBytes } from "../weights/place-weights.js";
import type { TensorLocation } from "../weights/read-safetensors-header.js";
import { readFloat32 } from "../weights/to-float32.js";
import { quantizeRows } from "./quantize-rows.js";

/** Quantises linear layers' weights [out, in]: for each, its values [in, out] and its scales [out]. One tensor at a time. */
export async function quantizeWeights(weights: Iterable<TensorLocation>): Promise<TensorBytes[]> {
  const made: TensorBytes[] = [];
  for (const weight of weights) {
    const [outputs = 0, inputs = 0] = weight.shape;
    const { values, scales } = quantizeRows(await readFloat32(weight), outputs, inputs);
    const names = int8Names(weight.name);
    made.push({ name: names.values, dtype: "I8", shape: [inputs, outputs], bytes: bytesOf(values) });
    made.push({ name: names.scales, dtype: "F32", shape: [outputs], bytes: bytesOf(scales) });
  }
  return made;
}
