import type { SparseVector } from "../contracts/sparse-encoder.js";
import { feature } from "./apply/feature.js";
import { checkFiniteRows } from "./check-finite-rows.js";
import type { ReadRows } from "./read-rows.js";

/** Reads the non-zero numbers of each text's vector. */
export const readSparseRows: ReadRows<SparseVector> = (features, context) => {
  const { rows } = context;
  const data = feature(features, "sentence_embedding", "The model").data as Float32Array;
  const width = data.length / rows;
  checkFiniteRows(data, width, "text", context);
  return Array.from({ length: rows }, (_, row) => sparse(data.subarray(row * width, (row + 1) * width)));
};

function sparse(vector: Float32Array): SparseVector {
  let count = 0;
  for (let i = 0; i < vector.length; i++) if (vector[i] !== 0) count++;
  const [indices, values] = [new Uint32Array(count), new Float32Array(count)];
  for (let i = 0, at = 0; i < vector.length; i++) {
    const value = vector[i]!;
    if (value === 0) continue;
    indices[at] = i;
    values[at++] = value;
  }
  return { indices, values };
}
