import type { Metric } from "../contract/metric.js";
import type { ElementCodec } from "./element-codec.js";
import { scalarElements } from "./scalar-elements.js";
import { type ScalarType, scalarCodeSize } from "./scalar-types.js";
import { scoreRow } from "./score-row.js";
import type { CodeScorer, VectorCodec } from "./vector-codec.js";

/** The method by which faiss's training found the ranges, kept for the file. */
export interface RangeStatistic {
  readonly number: number;
  readonly argument: number;
}

/** A codec that stores each element of a vector in 0 to 16 bits. */
export class ScalarCodec implements VectorCodec {
  readonly codeSize: number;
  private readonly elements: ElementCodec;

  /** @param trained result of training: ranges or levels; see `scalar-types.ts` */
  constructor(
    readonly dimensions: number,
    readonly type: ScalarType,
    readonly trained: Float32Array,
    readonly range: RangeStatistic = { number: 0, argument: 0 },
  ) {
    this.codeSize = scalarCodeSize(type, dimensions);
    this.elements = scalarElements(dimensions, type, trained);
  }

  decode(codes: Uint8Array, row: number, target: Float32Array): void {
    this.elements.decode(codes, row * this.codeSize, target);
  }

  encode(vector: Float32Array, target: Uint8Array): void {
    this.elements.encode(vector, target);
  }

  scorer(metric: Metric, query: Float32Array): CodeScorer {
    const { elements } = this;
    if (elements.scorer !== undefined) return elements.scorer(metric, query);
    const vector = new Float32Array(this.dimensions);
    return (codes, row) => {
      this.decode(codes, row, vector);
      return scoreRow(metric, query, 0, vector, 0, this.dimensions);
    };
  }
}
