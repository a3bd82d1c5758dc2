import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";
import type { Rotation } from "./rotation.js";

/** Rotates each pair (i, i + size / 2) of a head's values by its token's angle: [batch, tokens, hidden] → [batch, tokens, hidden]. */
export function rotate(m: ModelBuilder, x: Value, by: Rotation, heads: number): Value {
  if (m.operators === "standard") return rotateHalves(m, x, by, heads);
  const inputs = [x, m.graph.int64s([0]), by.cosines, by.sines];
  const rotated = m.graph.contrib("RotaryEmbedding", inputs, { num_heads: heads, interleaved: 0 });
  return m.sameRows(rotated, x);
}

/** (a, b) → (a · cos − b · sin, b · cos + a · sin), where a and b are a head's halves. */
function rotateHalves(m: ModelBuilder, x: Value, { cosines, sines }: Rotation, heads: number): Value {
  const { graph } = m;
  /** [tokens, 1, size / 2] */
  const perToken = (value: Value) =>
    m.once(`of all heads ${value}`, () => graph.op("Unsqueeze", [value, graph.int64s([1])]));
  const [cosine, sine] = [perToken(cosines), perToken(sines)];
  const split = graph.op("Reshape", [x, graph.int64s([0, 0, heads, -1])]);
  const [a = "", b = ""] = graph.ops("Split", [split], 2, { axis: -1 });
  const times = (value: Value, factor: Value) => graph.op("Mul", [value, factor]);
  const first = graph.op("Sub", [times(a, cosine), times(b, sine)]);
  const second = graph.op("Add", [times(b, cosine), times(a, sine)]);
  const rotated = graph.op("Concat", [first, second], { axis: -1 });
  return graph.op("Reshape", [rotated, graph.int64s([0, 0, -1])]);
}
