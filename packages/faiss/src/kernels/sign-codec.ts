import type { Metric } from "../contract/metric.js";
import { SET_BITS } from "../ids/set-bits.js";
import type { CodeScorer, VectorCodec } from "./vector-codec.js";

/** Bits of a vector after a change: 1 where an element is at least its threshold. Codes are compared by differing bits. */
export class SignCodec implements VectorCodec {
  readonly codeSize: number;

  /**
   * @param bits elements after the change
   * @param change a vector of `dimensions` → one of `bits`, thresholds already subtracted
   */
  constructor(
    readonly dimensions: number,
    readonly bits: number,
    private readonly change: (vector: Float32Array) => Float32Array,
  ) {
    this.codeSize = Math.ceil(bits / 8);
  }

  /** Signs alone tell no lengths: 1 and -1 for the first `dimensions` bits. */
  decode(codes: Uint8Array, row: number, target: Float32Array): void {
    const start = row * this.codeSize;
    for (let i = 0; i < target.length; i++) {
      const isSet = i < this.bits && (codes[start + (i >> 3)]! >> (i & 7)) & 1;
      target[i] = isSet ? 1 : -1;
    }
  }

  encode(vector: Float32Array, target: Uint8Array): void {
    this.change(vector).forEach((value, i) => {
      if (value >= 0) target[i >> 3]! |= 1 << (i & 7);
    });
  }

  scorer(_metric: Metric, query: Float32Array): CodeScorer {
    const { codeSize } = this;
    const wanted = new Uint8Array(codeSize);
    this.encode(query, wanted);
    return (codes, row) => {
      const start = row * codeSize;
      let differing = 0;
      for (let i = 0; i < codeSize; i++) differing += SET_BITS[wanted[i]! ^ codes[start + i]!]!;
      return -differing;
    };
  }
}
