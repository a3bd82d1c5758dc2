import type { Value } from "../onnx/graph-builder.js";

/** The vectors of relative positions in one layer of a DeBERTa. */
export interface RelativeVectors {
  /** What queries are compared with, as if they were keys: [1, heads, positions, size]; without, queries are not. */
  readonly ofKeys: Value | undefined;
  /** What keys are compared with, as if they were queries. */
  readonly ofQueries: Value | undefined;
  /** Which of the positions belongs to each offset of a query from a key. */
  readonly indices: (offsets: Value) => Value;
  /** Of all products. */
  readonly scale: number;
}
