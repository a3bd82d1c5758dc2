import type { Metric } from "../contract/metric.js";
import { type ElementCodec, scalarElements } from "./scalar-elements.js";
import { SCALAR_TYPES, type ScalarType } from "./scalar-types.js";
import { scoreRow } from "./score-row.js";
import type { CodeScorer, VectorCodec } from "./vector-codec.js";

/** How faiss's training found the ranges; kept for the file. */
export interface RangeStatistic {
  readonly number: number;
  readonly argument: number;
}

/** Each element of a vector in 0 to 16 bits. */
export class ScalarCodec implements VectorCodec {
  readonly codeSize: number;
  private readonly elements: ElementCodec;

  /** @param trained what training found: ranges or levels, as `scalar-types.ts` says */
  constructor(
    readonly dimensions: number,
    readonly type: ScalarType,
    readonly trained: Float32Array,
    readonly range: RangeStatistic = { number: 0, argument: 0 },
  ) {
    this.codeSize = Math.ceil((dimensions * SCALAR_TYPES[type].bits) / 8);
    this.elements = scalarElements(dimensions, type, trained);
  }

  decode(codes: Uint8Array, row: number, target: Float32Array): void {
    const start = row * this.codeSize;
    for (let i = 0; i < this.dimensions; i++) target[i] = this.elements.read(codes, start, i);
  }

  encode(vector: Float32Array, target: Uint8Array): void {
    for (let i = 0; i < this.dimensions; i++) this.elements.write(target, i, vector[i]!);
  }

  scorer(metric: Metric, query: Float32Array): CodeScorer {
    const vector = new Float32Array(this.dimensions);
    return (codes, row) => {
      this.decode(codes, row, vector);
      return scoreRow(metric, query, 0, vector, 0, this.dimensions);
    };
  }
}
