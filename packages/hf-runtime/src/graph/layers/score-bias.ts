import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";
import { onceIfWhole } from "./once-if-whole.js";
import { queryPlaces } from "./query-places.js";

/** Value that is added to scores before softmax, depending on the positions of query and token. */
export interface ScoreBias {
  /** Unique name in the graph. */
  readonly name: string;
  /** The bias for the queries at the positions `places` [queries]: [1, 1 or heads, queries, tokens]. */
  readonly of: (places: Value) => Value;
  /** Set if the bias only hides tokens: the tokens that stay visible. */
  readonly reach?: Reach;
}

/** Which tokens a query attends to: the number of positions before and after its own. Infinity means all. Minimum 0. */
export interface Reach {
  readonly before: number;
  readonly after: number;
}

/** The bias for all queries, made once for all layers. It is empty for a text that is processed in blocks. */
export function biasOfAll(m: ModelBuilder, bias: ScoreBias): Value {
  return onceIfWhole(m, `${bias.name} of all`, () => bias.of(queryPlaces(m)));
}

/** The bias for the first token only: [1, 1 or heads, 1, tokens]. */
export function biasOfFirst(m: ModelBuilder, bias: ScoreBias): Value {
  return m.once(`${bias.name} of the first`, () => bias.of(m.graph.int64s([0])));
}
