import { ElementType } from "../onnx/element-type.js";
import { bytesOf, type Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";
import { tokenIndices } from "./relative-positions.js";

/** Cosines and sines of the angle of each token and frequency: [tokens, size / 2]. */
export interface Rotation {
  readonly cosines: Value;
  readonly sines: Value;
}

/** Frequencies fall from 1 to 1 / theta over the pairs of a head's `size` values. */
export function rotation(m: ModelBuilder, theta: number, size: number): Rotation {
  const { graph } = m;
  const angles = m.once(`angles ${theta}`, () => {
    const frequencies = Float32Array.from({ length: size / 2 }, (_, i) => 1 / theta ** ((2 * i) / size));
    const row = graph.constant(
      `frequencies ${theta}`,
      ElementType.float32,
      [1, size / 2],
      bytesOf(frequencies),
    );
    const indices = graph.op("Cast", [tokenIndices(m)], { to: ElementType.float32 });
    return graph.op("Mul", [graph.op("Unsqueeze", [indices, graph.int64s([1])]), row]);
  });
  return {
    cosines: m.once(`cosines ${theta}`, () => graph.op("Cos", [angles])),
    sines: m.once(`sines ${theta}`, () => graph.op("Sin", [angles])),
  };
}

/** Turns each pair (i, i + size / 2) of a head's values by its token's angle: [batch, tokens, hidden] → the same. */
export function rotate(m: ModelBuilder, x: Value, by: Rotation, heads: number): Value {
  if (m.operators === "standard") return rotateHalves(m, x, by, heads);
  const inputs = [x, m.graph.int64s([0]), by.cosines, by.sines];
  return m.graph.contrib("RotaryEmbedding", inputs, { num_heads: heads, interleaved: 0 });
}

/** (a, b) → (a · cos − b · sin, b · cos + a · sin) of a head's first and second half. */
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
  const turned = graph.op("Concat", [first, second], { axis: -1 });
  return graph.op("Reshape", [turned, graph.int64s([0, 0, -1])]);
}
