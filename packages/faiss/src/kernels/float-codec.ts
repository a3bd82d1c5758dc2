import type { Metric } from "../contract/metric.js";
import { scoreRow } from "./score-row.js";
import type { CodeScorer, VectorCodec } from "./vector-codec.js";

/** A codec without compression: codes are float32 bytes, in arrays that start at a multiple of four. */
export class FloatCodec implements VectorCodec {
  readonly codeSize: number;

  /** @param metricArg the power of metric `"lp"` */
  constructor(
    readonly dimensions: number,
    private readonly metricArg = 0,
  ) {
    this.codeSize = dimensions * 4;
  }

  decode(codes: Uint8Array, row: number, target: Float32Array): void {
    target.set(new Float32Array(codes.buffer, codes.byteOffset + row * this.codeSize, this.dimensions));
  }

  encode(vector: Float32Array, target: Uint8Array): void {
    target.set(new Uint8Array(vector.buffer, vector.byteOffset, this.codeSize));
  }

  scorer(metric: Metric, query: Float32Array): CodeScorer {
    const { dimensions, metricArg } = this;
    let seen: Uint8Array | undefined;
    let rows: Float32Array = new Float32Array(0);
    return (codes, row) => {
      if (codes !== seen) {
        rows = new Float32Array(codes.buffer, codes.byteOffset, codes.length >> 2);
        seen = codes;
      }
      return scoreRow(metric, query, 0, rows, row * dimensions, dimensions, metricArg);
    };
  }
}
