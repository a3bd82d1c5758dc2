import { nextTurn } from "@secondpass/core";
import { readFloat32 } from "../../safetensors/read-float32.js";
import type { TensorLocation } from "../../safetensors/read-safetensors-header.js";
import { bytesOf } from "../onnx/graph-builder.js";
import type { TensorBytes } from "../weights/tensor-bytes.js";
import { checkFinite } from "./check-finite.js";
import { int8Names } from "./int8-names.js";
import type { Int8WeightType } from "./int8-weight-type.js";
import { emptyMatrix, type QuantizedMatrix, quantizeRows } from "./quantize-rows.js";

/** Weights that are rounded before other work of the thread can run; about 5 ms. */
const SLICE = 1_000_000;

/** A tensor of {@link quantizeWeights}, without its numbers. */
export type QuantizedTensor = Omit<TensorBytes, "bytes">;

/** The two tensors of each linear layer's weight [out, in]: its values [in, out] and its scales [out]. */
export function quantizedTensors(
  weights: readonly TensorLocation[],
  type: Int8WeightType,
): readonly QuantizedTensor[] {
  return weights.flatMap(({ name, shape: [outputs = 0, inputs = 0] }) => {
    const names = int8Names(name);
    return [
      { name: names.values, dtype: type === "uint8" ? "U8" : "I8", shape: [inputs, outputs] },
      { name: names.scales, dtype: "F32", shape: [outputs] },
    ];
  });
}

/**
 * Quantises linear layers' weights. It yields the bytes of each of {@link quantizedTensors}, in order. Only one weight is in memory at a time.
 * @throws NonFiniteWeightError for a weight with NaN or an infinity
 */
export async function* quantizeWeights(
  weights: readonly TensorLocation[],
  type: Int8WeightType,
): AsyncGenerator<Uint8Array> {
  for (const weight of weights) {
    const [outputs = 0, inputs = 0] = weight.shape;
    const { values, scales } = await quantizeWeight(weight, await readFloat32(weight), outputs, inputs);
    const bytes = bytesOf(values);
    if (type === "uint8") toUint8(bytes);
    yield bytes;
    yield bytesOf(scales);
  }
}

/** Quantises all weights in memory. */
export async function quantizedInMemory(
  weights: readonly TensorLocation[],
  type: Int8WeightType,
): Promise<TensorBytes[]> {
  const tensors = quantizedTensors(weights, type);
  const made: TensorBytes[] = [];
  for await (const bytes of quantizeWeights(weights, type)) made.push({ ...tensors[made.length]!, bytes });
  return made;
}

/** Makes each int8 a uint8, in place, by adding 128. Flipping the sign bit does that. */
function toUint8(bytes: Uint8Array): void {
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
