import type { Value } from "../onnx/graph-builder.js";

/** The vectors of relative positions in one layer of a DeBERTa. */
export interface RelativeVectors {
  /** Vectors that queries are compared with, as with keys: [1, heads, positions, size]. Undefined if there are none. */
  readonly ofKeys: Value | undefined;
  /** Vectors that keys are compared with, as with queries. Undefined if there are none. */
  readonly ofQueries: Value | undefined;
  /** Maps offsets (the query's position minus the key's) to indices of positions. */
  readonly indices: (offsets: Value) => Value;
  /** Factor of all products. */
  readonly scale: number;
}
