import type { Metric } from "../../contract/metric.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import { writeHeader } from "../../format/index-header.js";
import { positionRange } from "../../kernels/position-range.js";
import type { RowStore } from "../../kernels/row-store.js";
import { flatTag } from "./flat-tag.js";

/** Rows are written in pieces of this many floats (4 MiB). */
const FLOATS_PER_PIECE = 1 << 20;

/** Writes a flat index of any rows: also the storage of graphs and the centroids of IVF. */
export async function* writeRows(
  { metric, metricArg }: { readonly metric: Metric; readonly metricArg?: number },
  rows: RowStore,
): AsyncGenerator<Uint8Array> {
  const { dimensions, count } = rows;
  const writer = new BinaryWriter();
  writer.tag(flatTag(metric));
  writeHeader(writer, { dimensions, ntotal: count, isTrained: true, metric, metricArg });
  writer.size(count * dimensions);
  yield writer.flush();
  const step = Math.max(1, Math.floor(FLOATS_PER_PIECE / dimensions));
  for (let start = 0; start < count; start += step) {
    const end = Math.min(start + step, count);
    const piece = (await rows.fetchRows?.(positionRange(start, end))) ?? rows.copyRows(start, end);
    yield new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
  }
}
