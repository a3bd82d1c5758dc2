import { ElementType } from "../onnx/element-type.js";
import { bytesOf, type Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** [tokens]: 0, 1, 2, … in int64. */
export function tokenIndices(m: ModelBuilder): Value {
  const { graph } = m;
  return m.once("token indices", () => {
    const count = graph.op("Squeeze", [m.tokens]);
    return graph.op("Range", [graph.int64(0), count, graph.int64(1)]);
  });
}

/** [tokens, tokens]: how many places the row's token stands after the column's, in int64. */
export function offsets(m: ModelBuilder): Value {
  const { graph } = m;
  return m.once("offsets", () => {
    const indices = tokenIndices(m);
    const rows = graph.op("Unsqueeze", [indices, graph.int64s([1])]);
    const columns = graph.op("Unsqueeze", [indices, graph.int64s([0])]);
    return graph.op("Sub", [rows, columns]);
  });
}

/**
 * A number for each of `places`, which are offsets: a tensor of int64 of the same shape.
 *
 * @param reach offsets beyond ±reach give what ±reach gives
 * @param numberOf the number for an offset of −reach … reach
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

const f32 = Math.fround;

/** Nearest and farthest offsets that MPNet's buckets tell apart, and their number. Fixed in the Python code. */
const MPNET = { buckets: 32, maxDistance: 128 } as const;
export const MPNET_REACH = MPNET.maxDistance;

/** MPNetEncoder.relative_position_bucket for the query's place minus the key's, in float32 as PyTorch does it. */
export function mpnetBucket(offset: number): number {
  const half = MPNET.buckets / 2;
  const exact = half / 2;
  const distance = Math.abs(offset);
  const side = offset < 0 ? half : 0;
  if (distance < exact) return side + distance;
  const log = f32(f32(Math.log(f32(distance / exact))) / f32(Math.log(MPNET.maxDistance / exact)));
  return side + Math.min(exact + Math.trunc(f32(log * (half - exact))), half - 1);
}

/** make_log_bucket_position of DeBERTa-v2 for the query's place minus the key's, in float32 as PyTorch does it. */
export function debertaBucket(offset: number, buckets: number, maxPosition: number): number {
  const middle = Math.floor(buckets / 2);
  const distance = Math.abs(offset);
  if (distance <= middle) return offset;
  const log = f32(f32(Math.log(f32(distance / middle))) / f32(Math.log(f32((maxPosition - 1) / middle))));
  return (Math.ceil(f32(log * (middle - 1))) + middle) * Math.sign(offset);
}
