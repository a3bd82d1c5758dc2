import type { WorkSlices } from "@secondpass/core";

/** Transforms vectors before an index stores or searches them. */
export interface VectorTransform {
  /** faiss's class name. */
  readonly kind: string;
  readonly inputDimensions: number;
  readonly outputDimensions: number;
  /** One vector of `inputDimensions` → one of `outputDimensions`. */
  apply(vector: Float32Array): Float32Array;
  /** Applies the transform to several vectors, one after the other; missing if this is not faster. */
  applyAll?(vectors: Float32Array): Float32Array;
  /** The reverse transform, exact or approximate; undefined if there is none. */
  readonly reverse?: (vector: Float32Array) => Float32Array;
  /** Determines in slices whether there is a reverse. Otherwise the first access of `reverse` does so without pauses. */
  prepareReverse?(slices: WorkSlices): Promise<void>;
}

/** Maximum difference of A·Aᵀ from the identity for an orthonormal A, as in faiss. */
const ORTHONORMAL_TOLERANCE = 4e-5;

/**
 * y = A·x + b: random rotations, PCA, OPQ, ITQ.
 * @param matrix shape [output, input]
 * @param bias one for each output dimension, or empty
 */
export function linearTransform(
  kind: string,
  inputDimensions: number,
  outputDimensions: number,
  matrix: Float32Array,
  bias: Float32Array,
): VectorTransform {
  const apply = (vector: Float32Array) => product(matrix, inputDimensions, bias, vector);
  // The transpose of an orthonormal matrix reverses it, except for dropped dimensions.
  const reverse = (vector: Float32Array) => {
    const sums = new Float64Array(inputDimensions);
    for (let row = 0; row < outputDimensions; row++) {
      const at = row * inputDimensions;
      const value = vector[row]! - (bias[row] ?? 0);
      for (let column = 0; column < inputDimensions; column++) sums[column]! += matrix[at + column]! * value;
    }
    return Float32Array.from(sums);
  };
  let orthonormal: boolean | undefined;
  return {
    kind,
    inputDimensions,
    outputDimensions,
    apply,
    get reverse() {
      if (orthonormal === undefined) {
        for (const isOne of areOrthonormal(matrix, outputDimensions, inputDimensions)) {
          orthonormal = isOne;
          if (!isOne) break;
        }
      }
      return orthonormal ? reverse : undefined;
    },
    async prepareReverse(slices) {
      if (orthonormal !== undefined) return;
      let areAll = true;
      for (const isOne of areOrthonormal(matrix, outputDimensions, inputDimensions)) {
        areAll = isOne;
        if (!areAll) break;
        if (slices.due()) await slices.pause();
      }
      orthonormal = areAll;
    },
  };
}

/**
 * matrix · vector + bias, each element summed in float64 in the order of columns. Four rows at a time, since an addition waits for the previous one of its row.
 */
function product(
  matrix: Float32Array,
  columns: number,
  bias: Float32Array,
  vector: Float32Array,
): Float32Array {
  const rows = matrix.length / columns;
  const result = new Float32Array(rows);
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const first = row * columns;
    const second = first + columns;
    const third = second + columns;
    const fourth = third + columns;
    let [sum0, sum1] = [bias[row] ?? 0, bias[row + 1] ?? 0];
    let [sum2, sum3] = [bias[row + 2] ?? 0, bias[row + 3] ?? 0];
    for (let i = 0; i < columns; i++) {
      const value = vector[i]!;
      sum0 += matrix[first + i]! * value;
      sum1 += matrix[second + i]! * value;
      sum2 += matrix[third + i]! * value;
      sum3 += matrix[fourth + i]! * value;
    }
    result.set([sum0, sum1, sum2, sum3], row);
  }
  for (; row < rows; row++) {
    let sum = bias[row] ?? 0;
    for (let i = 0; i < columns; i++) sum += matrix[row * columns + i]! * vector[i]!;
    result[row] = sum;
  }
  return result;
}

/** Scales vectors to unit length. The length is lost, so the reverse returns vectors unchanged. */
export function normalizationTransform(dimensions: number): VectorTransform {
  return {
    kind: "NormalizationTransform",
    inputDimensions: dimensions,
    outputDimensions: dimensions,
    apply: (vector) => {
      let squares = 0;
      for (const value of vector) squares += value * value;
      return squares === 0 ? vector.slice() : vector.map((value) => value / Math.sqrt(squares));
    },
    reverse: (vector) => vector.slice(),
  };
}

/** Subtracts the mean. */
export function centeringTransform(mean: Float32Array): VectorTransform {
  return {
    kind: "CenteringTransform",
    inputDimensions: mean.length,
    outputDimensions: mean.length,
    apply: (vector) => vector.map((value, i) => value - mean[i]!),
    reverse: (vector) => vector.map((value, i) => value + mean[i]!),
  };
}

/** Replaces a matrix that was never trained and is not applied. */
export function identityTransform(
  kind: string,
  inputDimensions: number,
  outputDimensions: number,
): VectorTransform {
  return { kind, inputDimensions, outputDimensions, apply: (vector) => vector.slice() };
}

/** Subtracts the mean, scales to unit length, and applies a linear transform. */
export function itqTransform(mean: Float32Array, linear: VectorTransform): VectorTransform {
  const centering = centeringTransform(mean);
  const normalization = normalizationTransform(mean.length);
  return {
    kind: "ITQTransform",
    inputDimensions: mean.length,
    outputDimensions: linear.outputDimensions,
    apply: (vector) => linear.apply(normalization.apply(centering.apply(vector))),
  };
}

/** Output dimension i is input dimension `map[i]`, or 0 if that is -1. */
export function remapTransform(inputDimensions: number, map: Int32Array): VectorTransform {
  return {
    kind: "RemapDimensionsTransform",
    inputDimensions,
    outputDimensions: map.length,
    apply: (vector) => Float32Array.from(map, (from) => (from < 0 ? 0 : vector[from]!)),
    reverse: (vector) => {
      const back = new Float32Array(inputDimensions);
      map.forEach((from, i) => {
        if (from >= 0) back[from] = vector[i]!;
      });
      return back;
    },
  };
}

/** Checks, pair by pair, whether the rows of a matrix are orthogonal and have length one. */
function* areOrthonormal(matrix: Float32Array, rows: number, columns: number): Generator<boolean> {
  if (rows > columns) yield false;
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b <= a; b++) {
      let dot = 0;
      for (let i = 0; i < columns; i++) dot += matrix[a * columns + i]! * matrix[b * columns + i]!;
      yield Math.abs(dot - (a === b ? 1 : 0)) <= ORTHONORMAL_TOLERANCE;
    }
  }
}
