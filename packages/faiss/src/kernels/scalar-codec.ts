import type { Metric } from "../contract/metric.js";
import { scoreRow } from "./score-row.js";
import type { CodeScorer, VectorCodec } from "./vector-codec.js";

/** faiss's ScalarQuantizer::QuantizerType, those that this package decodes, by their number in files. */
export const SCALAR_TYPES = [
  "8bit",
  "4bit",
  "8bit_uniform",
  "4bit_uniform",
  "fp16",
  "8bit_direct",
  "6bit",
  "bf16",
  "8bit_direct_signed",
] as const;

export type ScalarType = (typeof SCALAR_TYPES)[number];

/** Bits of one element. */
export const SCALAR_BITS: Readonly<Record<ScalarType, number>> = {
  "8bit": 8,
  "4bit": 4,
  "8bit_uniform": 8,
  "4bit_uniform": 4,
  fp16: 16,
  "8bit_direct": 8,
  "6bit": 6,
  bf16: 16,
  "8bit_direct_signed": 8,
};

/** How many trained numbers a type has: a range for each dimension, one range for all, or none. */
export function trainedLength(type: ScalarType, dimensions: number): number {
  if (type === "8bit" || type === "4bit" || type === "6bit") return 2 * dimensions;
  return type.endsWith("_uniform") ? 2 : 0;
}

/** Reads element `i` of the code that starts at byte `start`. */
type ElementReader = (codes: Uint8Array, start: number, i: number) => number;

/** Each element of a vector in 4 to 16 bits. */
export class ScalarCodec implements VectorCodec {
  readonly codeSize: number;
  private readonly element: ElementReader;

  /** @param trained minimums and then widths of the ranges, as `trainedLength` says */
  constructor(
    readonly dimensions: number,
    readonly type: ScalarType,
    readonly trained: Float32Array,
  ) {
    this.codeSize = Math.ceil((dimensions * SCALAR_BITS[type]) / 8);
    this.element = elementReader(dimensions, type, trained);
  }

  decode(codes: Uint8Array, row: number, target: Float32Array): void {
    const start = row * this.codeSize;
    for (let i = 0; i < this.dimensions; i++) target[i] = this.element(codes, start, i);
  }

  scorer(metric: Metric, query: Float32Array): CodeScorer {
    const vector = new Float32Array(this.dimensions);
    return (codes, row) => {
      this.decode(codes, row, vector);
      return scoreRow(metric, query, 0, vector, 0, this.dimensions);
    };
  }
}

function elementReader(dimensions: number, type: ScalarType, trained: Float32Array): ElementReader {
  switch (type) {
    case "fp16":
      return (codes, start, i) => fromHalf(codes[start + 2 * i]! | (codes[start + 2 * i + 1]! << 8));
    case "bf16":
      return (codes, start, i) => fromBits((codes[start + 2 * i]! << 16) | (codes[start + 2 * i + 1]! << 24));
    case "8bit_direct":
      return (codes, start, i) => codes[start + i]!;
    case "8bit_direct_signed":
      return (codes, start, i) => codes[start + i]! - 128;
    default: {
      // A code stands for the middle of its part of the range: minimum + (code + 0.5) / (2^bits - 1) * width.
      const isUniform = type.endsWith("_uniform");
      const steps = 2 ** SCALAR_BITS[type] - 1;
      const code = codeReader(SCALAR_BITS[type]);
      return (codes, start, i) => {
        const minimum = trained[isUniform ? 0 : i]!;
        const width = trained[isUniform ? 1 : dimensions + i]!;
        return minimum + Math.fround((code(codes, start, i) + 0.5) / steps) * width;
      };
    }
  }
}

/** Codes of less than a byte are packed from the lowest bit up. */
function codeReader(bits: number): ElementReader {
  if (bits === 8) return (codes, start, i) => codes[start + i]!;
  const mask = (1 << bits) - 1;
  return (codes, start, i) => {
    const bit = i * bits;
    const at = start + (bit >> 3);
    return ((codes[at]! | ((codes[at + 1] ?? 0) << 8)) >> (bit & 7)) & mask;
  };
}

/** IEEE half precision. */
function fromHalf(half: number): number {
  const sign = half >> 15 === 0 ? 1 : -1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);

function fromBits(value: number): number {
  bits[0] = value;
  return float[0]!;
}
