import { nextTurn } from "@secondpass/core";
import { readFloat32 } from "../../safetensors/read-float32.js";
import type { TensorLocation } from "../../safetensors/read-safetensors-header.js";
import { bytesOf } from "../onnx/graph-builder.js";
import type { TensorBytes } from "../weights/tensor-bytes.js";
import { checkFinite } from "./check-finite.js";
import { int8Names } from "./int8-names.js";
import type { Int8WeightType } from "./int8-weight-type.js";
import { emptyMatrix, type QuantizedMatrix, quantizeRows } from "./quantize-rows.js";

/** Weights that are rounded before other work of the thread gets its turn; about 5 ms. */
const SLICE = 1_000_000;

/**
 * Quantises linear layers' weights [out, in]: for each, its values [in, out] and its scales [out]. One tensor at a time.
 * @throws NonFiniteWeightError
 */
export async function quantizeWeights(
  weights: Iterable<TensorLocation>,
  type: Int8WeightType,
): Promise<TensorBytes[]> {
  const made: TensorBytes[] = [];
  for (const weight of weights) {
    const [outputs = 0, inputs = 0] = weight.shape;
    const { values, scales } = await quantizeWeight(weight, await readFloat32(weight), outputs, inputs);
    const names = int8Names(weight.name);
    const bytes = bytesOf(values);
    if (type === "uint8") addMiddle(bytes);
    const dtype = type === "uint8" ? "U8" : "I8";
    made.push({ name: names.values, dtype, shape: [inputs, outputs], bytes });
    made.push({ name: names.scales, dtype: "F32", shape: [outputs], bytes: bytesOf(scales) });
  }
  return made;
}

/** Adds 128 to each int8 in place, which makes it a uint8: the sign bit flips. */
function addMiddle(bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i++) bytes[i] = bytes[i]! ^ 0x80;
}

async function quantizeWeight(
  tensor: TensorLocation,
  weight: Float32Array,
  outputs: number,
  inputs: number,
): Promise<QuantizedMatrix> {
  const matrix = emptyMatrix(outputs, inputs);
  const rows = Math.max(1, Math.floor(SLICE / inputs));
  for (let from = 0; from < outputs; from += rows) {
    const to = Math.min(from + rows, outputs);
    checkFinite(tensor, weight.subarray(from * inputs, to * inputs), from * inputs);
    quantizeRows(weight, matrix, from, to);
    await nextTurn();
  }
  return matrix;
}
