import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";
import { onceIfWhole } from "./once-if-whole.js";
import { queryPlaces } from "./query-places.js";

/** What is added to the scores before softmax, by the places of query and token. */
export interface ScoreBias {
  /** Tells it from others of the graph. */
  readonly name: string;
  /** Of the queries at `places` [queries]: [1, 1 or heads, queries, tokens]. */
  readonly of: (places: Value) => Value;
  /** Set if it does nothing but hide tokens: those that it leaves. */
  readonly reach?: Reach;
}

/** Which tokens a query looks at: so many places before its own, and after it. Infinity is all. Minimum 0. */
export interface Reach {
  readonly before: number;
  readonly after: number;
}

/** Of all queries, made once for all layers; nothing for a text whose queries are taken in blocks. */
export function biasOfAll(m: ModelBuilder, bias: ScoreBias): Value {
  return onceIfWhole(m, `${bias.name} of all`, () => bias.of(queryPlaces(m)));
}

/** Of the first token alone: [1, 1 or heads, 1, tokens]. */
export function biasOfFirst(m: ModelBuilder, bias: ScoreBias): Value {
  return m.once(`${bias.name} of the first`, () => bias.of(m.graph.int64s([0])));
}
