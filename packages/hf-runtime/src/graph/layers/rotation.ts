import { ElementType } from "../onnx/element-type.js";
import { bytesOf, type Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";
import { queryPlaces } from "./query-places.js";
import { ropeFrequencies } from "./rope-frequencies.js";
import type { RopeParameters } from "./rope-parameters.js";

/** Cosines and sines of the angles for each token and frequency: [tokens, size / 2]. */
export interface Rotation {
  readonly cosines: Value;
  readonly sines: Value;
}

/** Computes the rotation for parameters of any kind. */
export function ropeRotation(m: ModelBuilder, rope: RopeParameters, size: number): Rotation {
  const { graph } = m;
  const name = `${JSON.stringify(rope)} of ${size}`;
  const { frequencies, scale, long } = ropeFrequencies(rope, size);
  const row = (key: string, values: Float32Array) =>
    graph.constant(`${key} ${name}`, ElementType.float32, [1, size / 2], bytesOf(values));
  const angles = m.once(`angles ${name}`, () => {
    let each = row("frequencies", frequencies);
    if (long !== undefined) {
      const isLong = graph.op("Greater", [m.allTokens, graph.int64s([long.tokens])]);
      each = graph.op("Where", [isLong, row("long frequencies", long.frequencies), each]);
    }
    const indices = graph.op("Cast", [queryPlaces(m)], { to: ElementType.float32 });
    return graph.op("Mul", [graph.op("Unsqueeze", [indices, graph.int64s([1])]), each]);
  });
  const scaled = (key: string, operator: string) =>
    m.once(`${key} ${name}`, () => {
      const value = graph.op(operator, [angles]);
      return scale === 1 ? value : graph.op("Mul", [value, graph.float32(scale)]);
    });
  return { cosines: scaled("cosines", "Cos"), sines: scaled("sines", "Sin") };
}
