import type { Metric } from "../contract/metric.js";
import { setBit } from "../ids/set-bit.js";
import { SET_BITS } from "../ids/set-bits.js";
import { readBits } from "./read-bits.js";
import type { CodeScorer, VectorCodec } from "./vector-codec.js";

/** A codec of one bit for each element of a transformed vector: 1 if it is at least its threshold. Codes are compared by the number of differing bits. */
export class SignCodec implements VectorCodec {
  readonly codeSize: number;

  /**
   * @param bits number of elements of a transformed vector
   * @param transform turns a vector of `dimensions` into one of `bits`, and subtracts the thresholds
   */
  constructor(
    readonly dimensions: number,
    readonly bits: number,
    private readonly transform: (vector: Float32Array) => Float32Array,
  ) {
    this.codeSize = Math.ceil(bits / 8);
  }

  /** Decodes to 1 and -1 for the first `dimensions` bits: signs have no lengths. */
  decode(codes: Uint8Array, row: number, target: Float32Array): void {
    const start = row * this.codeSize;
    for (let i = 0; i < target.length; i++) {
      const isSet = i < this.bits && readBits(codes, start, i, 1) === 1;
      target[i] = isSet ? 1 : -1;
    }
  }

  encode(vector: Float32Array, target: Uint8Array): void {
    this.transform(vector).forEach((value, i) => {
      if (value >= 0) setBit(target, i);
    });
  }

  scorer(_metric: Metric, query: Float32Array): CodeScorer {
    const { codeSize } = this;
    const queryCode = new Uint8Array(codeSize);
    this.encode(query, queryCode);
    return (codes, row) => {
      const start = row * codeSize;
      let differing = 0;
      for (let i = 0; i < codeSize; i++) differing += SET_BITS[queryCode[i]! ^ codes[start + i]!]!;
      return -differing;
    };
  }
}
