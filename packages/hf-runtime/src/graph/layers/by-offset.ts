import { ElementType } from "../onnx/element-type.js";
import { bytesOf, type Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/**
 * Maps each offset in `places` to a number: an int64 tensor of the same shape.
 *
 * @param reach offsets beyond ±reach are treated as ±reach
 * @param numberOf the number for an offset from −reach to reach
 */
export function byOffset(
  m: ModelBuilder,
  places: Value,
  reach: number,
  numberOf: (offset: number) => number,
): Value {
  const { graph } = m;
  const table = BigInt64Array.from({ length: 2 * reach + 1 }, (_, i) => BigInt(numberOf(i - reach)));
  const values = graph.constant(`by offset to ${reach}`, ElementType.int64, [table.length], bytesOf(table));
  const shifted = graph.op("Add", [places, graph.int64(reach)]);
  return graph.op("Gather", [values, graph.op("Clip", [shifted, graph.int64(0), graph.int64(2 * reach)])]);
}
