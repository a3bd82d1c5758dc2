/** A type of scalar quantizer. */
interface ScalarTypeFacts {
  /** Its number in files. */
  readonly number: number;
  /** Bits of one element. */
  readonly bits: number;
  /**
   * What `trained` holds: minimums and widths of the ranges of all dimensions, or of one range for all; levels and the boundaries
   * between them; or nothing.
   */
  readonly trained: "ranges" | "range" | "levels" | "nothing";
}

/** faiss's ScalarQuantizer::QuantizerType, those whose codes stand for one element each. */
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
} as const satisfies Record<string, ScalarTypeFacts>;

export type ScalarType = keyof typeof SCALAR_TYPES;

/** How many trained numbers a type has. */
export function trainedLength(type: ScalarType, dimensions: number): number {
  const { bits, trained } = SCALAR_TYPES[type];
  return { ranges: 2 * dimensions, range: 2, levels: 2 ** (bits + 1) - 1, nothing: 0 }[trained];
}
