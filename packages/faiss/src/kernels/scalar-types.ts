/** A type of scalar quantizer. */
interface ScalarTypeFacts {
  /** Its number in files. */
  readonly number: number;
  /** Bits of one element. */
  readonly bits: number;
  /**
   * The content of `trained`: minimums and widths of the ranges of all dimensions, or of one range for all; levels and the boundaries
   * between them, for TurboQuant also the projection; or nothing.
   */
  readonly trained: "ranges" | "range" | "levels" | "turbo" | "nothing";
}

/** faiss's ScalarQuantizer::QuantizerType, including TurboQuant with bits of a projection, and EDEN without factors. */
export const SCALAR_TYPES = {
  "8bit": { number: 0, bits: 8, trained: "ranges" },
  "4bit": { number: 1, bits: 4, trained: "ranges" },
  "8bit_uniform": { number: 2, bits: 8, trained: "range" },
  "4bit_uniform": { number: 3, bits: 4, trained: "range" },
  fp16: { number: 4, bits: 16, trained: "nothing" },
  "8bit_direct": { number: 5, bits: 8, trained: "nothing" },
  "6bit": { number: 6, bits: 6, trained: "ranges" },
  bf16: { number: 7, bits: 16, trained: "nothing" },
  "8bit_direct_signed": { number: 8, bits: 8, trained: "nothing" },
  "0bit": { number: 9, bits: 0, trained: "nothing" },
  "1bit_tqmse": { number: 10, bits: 1, trained: "levels" },
  "2bit_tqmse": { number: 11, bits: 2, trained: "levels" },
  "3bit_tqmse": { number: 12, bits: 3, trained: "levels" },
  "4bit_tqmse": { number: 13, bits: 4, trained: "levels" },
  "8bit_tqmse": { number: 14, bits: 8, trained: "levels" },
  "2bit_tq": { number: 15, bits: 2, trained: "turbo" },
  "3bit_tq": { number: 16, bits: 3, trained: "turbo" },
  "4bit_tq": { number: 17, bits: 4, trained: "turbo" },
  "5bit_tq": { number: 18, bits: 5, trained: "turbo" },
  "1bit_eden": { number: 19, bits: 1, trained: "levels" },
  "2bit_eden": { number: 20, bits: 2, trained: "levels" },
  "3bit_eden": { number: 21, bits: 3, trained: "levels" },
  "4bit_eden": { number: 22, bits: 4, trained: "levels" },
  "5bit_eden": { number: 23, bits: 5, trained: "levels" },
  "6bit_eden": { number: 24, bits: 6, trained: "levels" },
  "7bit_eden": { number: 25, bits: 7, trained: "levels" },
  "8bit_eden": { number: 26, bits: 8, trained: "levels" },
} as const satisfies Record<string, ScalarTypeFacts>;

export type ScalarType = keyof typeof SCALAR_TYPES;

/** Bytes of a TurboQuant code's factors: the vector's length and the length of its residual. */
export const TURBO_FACTORS = 8;

/** Bytes of a code. TurboQuant stores each bit of all elements in separate bytes. */
export function scalarCodeSize(type: ScalarType, dimensions: number): number {
  const { bits, trained } = SCALAR_TYPES[type];
  if (trained === "turbo") return bits * Math.ceil(dimensions / 8) + TURBO_FACTORS;
  return Math.ceil((dimensions * bits) / 8);
}

/** Number of trained numbers of a type. */
export function trainedLength(type: ScalarType, dimensions: number): number {
  const { bits, trained } = SCALAR_TYPES[type];
  return {
    ranges: 2 * dimensions,
    range: 2,
    levels: 2 ** (bits + 1) - 1,
    // One bit belongs to the projection.
    turbo: 2 ** bits - 1 + 3,
    nothing: 0,
  }[trained];
}
