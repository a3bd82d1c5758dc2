import type { Metric } from "../contract/metric.js";
import { countAtMost } from "./count-at-most.js";
import type { ElementCodec } from "./element-codec.js";
import { MersenneTwister } from "./mersenne-twister.js";
import type { CodeScorer } from "./vector-codec.js";
import { walshHadamard } from "./walsh-hadamard.js";

/** Shortest vector that has a direction. */
const MIN_NORM = 1e-30;

/**
 * TurboQuant (Zandieh et al. 2025): codes a vector's direction by levels, with all but one bit of each element, and the residual by the
 * signs of a random projection, by which inner products are estimated without bias.
 * @param bits bits of an element, 2 to 5
 * @param trained 2^(bits - 1) levels, the boundaries between them, the projection's seed as the bits of two numbers, and its kind (0: signs
 * and a Walsh-Hadamard transform)
 */
export function turboElements(dimensions: number, bits: number, trained: Float32Array): ElementCodec {
  const count = 2 ** (bits - 1);
  const boundaries = trained.subarray(count, 2 * count - 1);
  const padded = 2 ** Math.ceil(Math.log2(dimensions));
  const plane = Math.ceil(dimensions / 8);
  const signsAt = (bits - 1) * plane;
  const scale = 1 / Math.sqrt(dimensions);
  const levels = trained.subarray(0, count).map((level) => level * Math.fround(scale));
  const coefficient = Math.sqrt(Math.PI / 2) / dimensions / Math.sqrt(padded);
  let signs: Float32Array | undefined;
  /** Made when first needed, since a damaged file may have many. */
  const randomSigns = () => {
    signs ??= drawSigns(padded, trained.subarray(2 * count - 1));
    return signs;
  };

  const levelAt = (codes: Uint8Array, start: number, i: number): number => {
    let level = 0;
    for (let bit = 0; bit < bits - 1; bit++) level |= bitAt(codes, start + bit * plane, i) << bit;
    return levels[level]!;
  };
  const factorsOf = (codes: Uint8Array, start: number): [norm: number, left: number] => {
    const view = new DataView(codes.buffer, codes.byteOffset + start + signsAt + plane, 8);
    return [view.getFloat32(0, true), view.getFloat32(4, true)];
  };
  /** A vector's projection, without its scale. */
  const project = (vector: Float32Array): Float32Array => {
    const random = randomSigns();
    const projected = new Float32Array(padded);
    for (let i = 0; i < dimensions; i++) projected[i] = vector[i]! * random[i]!;
    walshHadamard(projected);
    return projected.subarray(0, dimensions);
  };

  return {
    decode(codes, start, target) {
      const random = randomSigns();
      const [norm, left] = factorsOf(codes, start);
      const back = new Float32Array(padded);
      for (let i = 0; i < dimensions; i++) back[i] = bitAt(codes, start + signsAt, i) === 1 ? 1 : -1;
      walshHadamard(back);
      for (let i = 0; i < dimensions; i++)
        target[i] = norm * (levelAt(codes, start, i) + coefficient * left * back[i]! * random[i]!);
    },

    encode(vector, code) {
      const norm = Math.max(MIN_NORM, Math.fround(lengthOf(vector)));
      const residual = new Float32Array(dimensions);
      const root = Math.fround(Math.sqrt(dimensions));
      for (let i = 0; i < dimensions; i++) {
        const share = Math.fround(vector[i]! / norm);
        const level = countAtMost(boundaries, Math.fround(share * root));
        for (let bit = 0; bit < bits - 1; bit++) setBit(code, bit * plane, i, (level >> bit) & 1);
        residual[i] = share - levels[level]!;
      }
      for (const [i, value] of project(residual).entries()) setBit(code, signsAt, i, value > 0 ? 1 : 0);
      const view = new DataView(code.buffer, code.byteOffset + signsAt + plane, 8);
      view.setFloat32(0, norm, true);
      view.setFloat32(4, lengthOf(residual), true);
    },

    scorer(metric: Metric, query: Float32Array): CodeScorer {
      const projected = project(query);
      const total = projected.reduce((sum, value) => sum + value, 0);
      const squares = lengthOf(query) ** 2;
      return (codes, row) => {
        const start = row * (signsAt + plane + 8);
        let [byLevels, positive] = [0, 0];
        for (let i = 0; i < dimensions; i++) {
          byLevels += query[i]! * levelAt(codes, start, i);
          if (bitAt(codes, start + signsAt, i) === 1) positive += projected[i]!;
        }
        const [norm, left] = factorsOf(codes, start);
        const dot = norm * (byLevels + coefficient * left * (2 * positive - total));
        return metric === "inner_product" ? dot : 2 * dot - squares - norm * norm;
      };
    },
  };
}

function drawSigns(length: number, [low, high]: Float32Array): Float32Array {
  const seed = new Uint32Array(Float32Array.of(low!, high!).buffer)[0]!;
  const random = new MersenneTwister(seed);
  return Float32Array.from({ length }, () => (random.below(2) === 0 ? 1 : -1));
}

function lengthOf(vector: Float32Array): number {
  let squares = 0;
  for (const value of vector) squares += value * value;
  return Math.sqrt(squares);
}

function bitAt(codes: Uint8Array, start: number, i: number): number {
  return (codes[start + (i >> 3)]! >> (i & 7)) & 1;
}

function setBit(code: Uint8Array, start: number, i: number, bit: number): void {
  code[start + (i >> 3)]! |= bit << (i & 7);
}
