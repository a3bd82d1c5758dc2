import type { Metric } from "../contract/metric.js";
import { scoreRow } from "./score-row.js";
import type { CodeScorer, VectorCodec } from "./vector-codec.js";

/** Vectors as they are: codes are their float32 bytes, in arrays that start at a multiple of four. */
export class FloatCodec implements VectorCodec {
  readonly codeSize: number;

  constructor(readonly dimensions: number) {
    this.codeSize = dimensions * 4;
  }

  decode(codes: Uint8Array, row: number, target: Float32Array): void {
    target.set(new Float32Array(codes.buffer, codes.byteOffset + row * this.codeSize, this.dimensions));
  }

  scorer(metric: Metric, query: Float32Array): CodeScorer {
    const { dimensions } = this;
    let seen: Uint8Array | undefined;
    let rows: Float32Array = new Float32Array(0);
    return (codes, row) => {
      if (codes !== seen) {
        rows = new Float32Array(codes.buffer, codes.byteOffset, codes.length >> 2);
        seen = codes;
      }
      return scoreRow(metric, query, 0, rows, row * dimensions, dimensions);
    };
  }
}
