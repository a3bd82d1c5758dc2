import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";
import { onceIfWhole } from "./once-if-whole.js";
import { tokenIndices } from "./token-indices.js";

/** What is added to the scores before softmax, by the places of query and token. */
export interface ScoreBias {
  /** Tells it from others of the graph. */
  readonly name: string;
  /** Of the queries at `places` [queries]: [1, 1 or heads, queries, tokens]. */
  readonly of: (places: Value) => Value;
  /** Where it does nothing but hide far tokens: how far from the query the last are that it leaves. */
  readonly reach?: number;
}

/** Of all queries, made once for all layers; nothing for a text whose queries are taken in blocks. */
export function biasOfAll(m: ModelBuilder, bias: ScoreBias): Value {
  return onceIfWhole(m, `${bias.name} of all`, () => bias.of(tokenIndices(m)));
}

/** Of the first token alone: [1, 1 or heads, 1, tokens]. */
export function biasOfFirst(m: ModelBuilder, bias: ScoreBias): Value {
  return m.once(`${bias.name} of the first`, () => bias.of(m.graph.int64s([0])));
}
