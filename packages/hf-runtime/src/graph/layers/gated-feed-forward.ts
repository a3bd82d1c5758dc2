import type { Value } from "../onnx/graph-builder.js";
import { activate } from "./activate.js";
import { linear, matMul } from "./linear.js";
import type { ModelBuilder } from "./model-builder.js";

/** Settings of a feed-forward part with a gate: SwiGLU or GeGLU, depending on the activation. */
export interface GatedFeedForward {
  /** Names of the three linear layers. */
  readonly gate: string;
  readonly up: string;
  readonly down: string;
  readonly activation: string;
  /** Whether the layers use biases, if the weights have any. */
  readonly hasBias: boolean;
}

/** down(activation(gate(x)) · up(x)): [batch, tokens, hidden] → [batch, tokens, hidden]. */
export function gatedFeedForward(
  m: ModelBuilder,
  x: Value,
  { gate, up, down, activation, hasBias }: GatedFeedForward,
): Value {
  const layer = hasBias ? linear : matMul;
  const gated = m.graph.op("Mul", [activate(m, layer(m, x, gate), activation), layer(m, x, up)]);
  return layer(m, m.sameRows(gated, x), down);
}
