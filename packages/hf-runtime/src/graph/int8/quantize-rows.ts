/** Largest magnitude of a symmetric int8 weight. */
const INT8_MAX = 127;
/** Side of the square tiles in which the matrix is transposed: 64 bytes are one cache line. */
const TILE = 64;

/** A matrix in int8: `values[i] · scales[output]` is the weight. */
export interface QuantizedMatrix {
  /** [in, out], the order in which onnxruntime multiplies. */
  readonly values: Int8Array;
  /** [out] */
  readonly scales: Float32Array;
}

/** A matrix of zeros for {@link quantizeRows} to fill. */
export function emptyMatrix(outputs: number, inputs: number): QuantizedMatrix {
  return { values: new Int8Array(outputs * inputs), scales: new Float32Array(outputs) };
}

/**
 * Rounds each output's weights to int8, symmetrically and scaled by their own peak, and transposes the matrix.
 *
 * @param weight [out, in]
 * @param matrix is filled for the outputs from `from` up to, but not including, `to`
 */
export function quantizeRows(weight: Float32Array, matrix: QuantizedMatrix, from: number, to: number): void {
  const { values, scales } = matrix;
  const outputs = scales.length;
  const inputs = weight.length / outputs;
  const inverse = new Float64Array(TILE);
  for (let o0 = from; o0 < to; o0 += TILE) {
    const o1 = Math.min(o0 + TILE, to);
    for (let o = o0; o < o1; o++) {
      const peak = peakOf(weight, o * inputs, (o + 1) * inputs);
      scales[o] = peak / INT8_MAX;
      inverse[o - o0] = peak === 0 ? 0 : INT8_MAX / peak;
    }
    for (let i0 = 0; i0 < inputs; i0 += TILE) {
      const i1 = Math.min(i0 + TILE, inputs);
      for (let o = o0; o < o1; o++) {
        const factor = inverse[o - o0] as number;
        const row = o * inputs;
        // The same as Math.round, but three times as fast. Adding 128 makes every number positive, so that | 0 rounds down.
        for (let i = i0; i < i1; i++) {
          values[i * outputs + o] = (((weight[row + i] as number) * factor + 128.5) | 0) - 128;
        }
      }
    }
  }
}

function peakOf(values: Float32Array, begin: number, end: number): number {
  let peak = 0;
  for (let i = begin; i < end; i++) {
    const magnitude = Math.abs(values[i] as number);
    if (magnitude > peak) peak = magnitude;
  }
  return peak;
}
