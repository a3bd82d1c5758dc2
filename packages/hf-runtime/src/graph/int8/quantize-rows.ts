/** Largest magnitude of a symmetric int8 weight. */
const INT8_MAX = 127;
/** Side of the squares in which the matrix is turned: 64 bytes are one line of the cache. */
const TILE = 64;

/** A matrix in int8: `values[i] · scales[output]` is the weight. */
export interface QuantizedMatrix {
  /** [in, out], as onnxruntime multiplies by it. */
  readonly values: Int8Array;
  /** [out] */
  readonly scales: Float32Array;
}

/** Rounds each output's weights to int8 by their own peak, symmetrically: [out, in] → values [in, out], scales [out]. */
export function quantizeRows(weight: Float32Array, outputs: number, inputs: number): QuantizedMatrix {
  const values = new Int8Array(outputs * inputs);
  const scales = new Float32Array(outputs);
  const inverse = new Float64Array(outputs);
  for (let o = 0; o < outputs; o++) {
    const peak = peakOf(weight, o * inputs, (o + 1) * inputs);
    scales[o] = peak / INT8_MAX;
    inverse[o] = peak === 0 ? 0 : INT8_MAX / peak;
  }
  for (let o0 = 0; o0 < outputs; o0 += TILE) {
    for (let i0 = 0; i0 < inputs; i0 += TILE) {
      const o1 = Math.min(o0 + TILE, outputs);
      const i1 = Math.min(i0 + TILE, inputs);
      for (let o = o0; o < o1; o++) {
        const factor = inverse[o] as number;
        const row = o * inputs;
        for (let i = i0; i < i1; i++)
          values[i * outputs + o] = Math.round((weight[row + i] as number) * factor);
      }
    }
  }
  return { values, scales };
}

function peakOf(values: Float32Array, begin: number, end: number): number {
  let peak = 0;
  for (let i = begin; i < end; i++) {
    const magnitude = Math.abs(values[i] as number);
    if (magnitude > peak) peak = magnitude;
  }
  return peak;
}
