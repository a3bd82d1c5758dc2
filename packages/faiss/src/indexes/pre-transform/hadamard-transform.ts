import { BinaryWriter } from "../../format/binary-writer.js";
import { hasWasmSimd } from "../../kernels/kernels.js";
import { rotate } from "../../kernels/rotate.js";
import { splitMix } from "../../kernels/split-mix.js";
import { walshHadamard } from "../../kernels/walsh-hadamard.js";
import type { VectorTransform } from "./vector-transform.js";

/** The bytes of the transform in a file. */
export function hadamardTransformBytes(
  inputDimensions: number,
  outputDimensions: number,
  seed: number,
): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag("HRot");
  writer.i32(seed);
  writer.i32(inputDimensions);
  writer.i32(outputDimensions);
  writer.u8(1);
  return writer.flush();
}

/** Elements of a vector register. */
const MIN_FOR_KERNEL = 4;

/** Number of rounds; each changes signs and does a Walsh-Hadamard transform. */
const ROUNDS = 3;

/**
 * A random rotation in d log d steps: signs by a seed, then the Walsh-Hadamard transform, three times.
 * @param outputDimensions the smallest power of two that is at least `inputDimensions`; missing elements are 0
 */
export function hadamardTransform(
  inputDimensions: number,
  outputDimensions: number,
  seed: number,
): VectorTransform {
  let signs: Float32Array | undefined;
  /** The signs of all rounds. Made when first needed, since a damaged file may have many. */
  const allSigns = () => {
    if (signs === undefined) {
      const random = splitMix(seed);
      signs = new Float32Array(ROUNDS * outputDimensions).map(() => (random() % 2 === 0 ? -1 : 1));
    }
    return signs;
  };
  const rounds = () =>
    Array.from({ length: ROUNDS }, (_, round) =>
      allSigns().subarray(round * outputDimensions, (round + 1) * outputDimensions),
    );
  const scale = 1 / (outputDimensions * Math.sqrt(outputDimensions));
  const padded = (vectors: Float32Array) => {
    const count = vectors.length / inputDimensions;
    const rows = new Float32Array(count * outputDimensions);
    for (let i = 0; i < count; i++) {
      rows.set(vectors.subarray(i * inputDimensions, (i + 1) * inputDimensions), i * outputDimensions);
    }
    return rows;
  };
  const applyAll = (vectors: Float32Array) => {
    const rows = padded(vectors);
    if (outputDimensions >= MIN_FOR_KERNEL && hasWasmSimd()) {
      rotate(rows, outputDimensions, allSigns(), ROUNDS, scale);
      return rows;
    }
    const inOrder = rounds();
    for (let start = 0; start < rows.length; start += outputDimensions) {
      const row = rows.subarray(start, start + outputDimensions);
      for (const round of inOrder) {
        for (let i = 0; i < row.length; i++) row[i]! *= round[i]!;
        walshHadamard(row);
      }
      for (let i = 0; i < row.length; i++) row[i]! *= scale;
    }
    return rows;
  };
  return {
    kind: "HadamardRotation",
    inputDimensions,
    outputDimensions,
    apply: applyAll,
    applyAll,
    reverse(vector) {
      const turned = vector.slice();
      for (const round of rounds().toReversed()) {
        walshHadamard(turned);
        for (let i = 0; i < turned.length; i++) turned[i]! *= round[i]!;
      }
      return turned.slice(0, inputDimensions).map((value) => value * scale);
    },
  };
}
