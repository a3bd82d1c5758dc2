import { BinaryWriter } from "../../format/binary-writer.js";
import { splitMix } from "../../kernels/split-mix.js";
import { walshHadamard } from "../../kernels/walsh-hadamard.js";
import type { VectorTransform } from "./vector-transform.js";

/** The transform as a file has it. */
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

/** Rounds of changing signs and adding and subtracting. */
const ROUNDS = 3;

/**
 * A random rotation in d log d steps: signs by a seed, then the Walsh-Hadamard transform, three times.
 * @param outputDimensions the least power of two that is at least `inputDimensions`; what is missing is 0
 */
export function hadamardTransform(
  inputDimensions: number,
  outputDimensions: number,
  seed: number,
): VectorTransform {
  let signs: readonly Float32Array[] | undefined;
  /** Made when first needed: a damaged file may ask for many. */
  const rounds = () => {
    const random = splitMix(seed);
    signs ??= Array.from({ length: ROUNDS }, () =>
      Float32Array.from({ length: outputDimensions }, () => (random() % 2 === 0 ? -1 : 1)),
    );
    return signs;
  };
  const scale = 1 / (outputDimensions * Math.sqrt(outputDimensions));
  return {
    kind: "HadamardRotation",
    inputDimensions,
    outputDimensions,
    apply(vector) {
      const turned = new Float32Array(outputDimensions);
      turned.set(vector);
      for (const round of rounds()) {
        for (let i = 0; i < turned.length; i++) turned[i]! *= round[i]!;
        walshHadamard(turned);
      }
      return turned.map((value) => value * scale);
    },
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
