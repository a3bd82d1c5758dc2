import { ElementType } from "../onnx/element-type.js";
import { bytesOf, type Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";
import { tokenIndices } from "./token-indices.js";

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
