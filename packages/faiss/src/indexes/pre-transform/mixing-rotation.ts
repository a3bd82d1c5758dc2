import { workSlices } from "@secondpass/core";
import { BinaryWriter } from "../../format/binary-writer.js";
import { Mixing } from "../../kernels/mixing.js";
import type { VectorTransform } from "./vector-transform.js";

/** Of the rotation's order and signs. Any will do, but files are recognised by it. */
const SEED = 1234;

/** Vectors that are rotated together. */
const VECTORS_PER_STEP = 32;

/** Below, a power of two is not much more. Above, the matrix in a file would take more than it saves. */
const [LEAST, MOST] = [64, 4096];

/** Whether there is a mixing rotation of so many dimensions. Powers of two need none: they have Hadamard's. */
export function canMix(dimensions: number): boolean {
  const isPower = 2 ** Math.floor(Math.log2(dimensions)) === dimensions;
  return !isPower && dimensions % 4 === 0 && dimensions >= LEAST && dimensions <= MOST;
}

/**
 * A random rotation without further dimensions, as fast as that of a power of two. faiss takes it for a `RandomRotationMatrix`.
 * @param dimensions for which `canMix`
 */
export function mixingRotation(dimensions: number): VectorTransform {
  let made: Mixing | undefined;
  const mixing = () => {
    made ??= new Mixing(dimensions, SEED);
    return made;
  };
  const applyAll = (vectors: Float32Array) => {
    const rows = vectors.slice();
    mixing().apply(rows);
    return rows;
  };
  return {
    kind: "RandomRotationMatrix",
    inputDimensions: dimensions,
    outputDimensions: dimensions,
    apply: applyAll,
    applyAll,
    reverse(vector) {
      const row = vector.slice();
      mixing().reverse(row);
      return row;
    },
  };
}

/** The transform as a file has it: its matrix, d² numbers. */
export async function mixingRotationBytes(dimensions: number): Promise<Uint8Array> {
  const matrix = new Float32Array(dimensions * dimensions);
  await everyElement(dimensions, (at, value) => {
    matrix[at] = value;
    return true;
  });
  const writer = new BinaryWriter();
  writer.tag("rrot");
  writer.u8(0);
  writer.vector(matrix);
  writer.vector(new Float32Array(0));
  writer.i32(dimensions);
  writer.i32(dimensions);
  writer.u8(1);
  return writer.flush();
}

/** Whether a matrix is that of the mixing rotation, which is then the faster way to apply it. */
export async function isMixingRotation(dimensions: number, matrix: Float32Array): Promise<boolean> {
  return canMix(dimensions) && everyElement(dimensions, (at, value) => matrix[at] === value);
}

/** Whether all elements of the matrix pass a test, column by column, up to the first that fails. Column i is the rotated unit vector i. */
async function everyElement(
  dimensions: number,
  test: (at: number, value: number) => boolean,
): Promise<boolean> {
  const slices = workSlices();
  const rotation = mixingRotation(dimensions);
  for (let first = 0; first < dimensions; first += VECTORS_PER_STEP) {
    const count = Math.min(VECTORS_PER_STEP, dimensions - first);
    const units = new Float32Array(count * dimensions);
    for (let i = 0; i < count; i++) units[i * dimensions + first + i] = 1;
    const columns = rotation.apply(units);
    for (let i = 0; i < count; i++) {
      for (let row = 0; row < dimensions; row++) {
        if (!test(row * dimensions + first + i, columns[i * dimensions + row]!)) return false;
      }
    }
    if (slices.due()) await slices.pause();
  }
  return true;
}
