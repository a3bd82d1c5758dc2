import { IndexFlat } from "../indexes/index-flat.js";
import type { Metric } from "../indexes/metric.js";
import { createRowStore } from "../kernels/create-row-store.js";
import type { RowStore } from "../kernels/row-store.js";
import type { BinaryReader } from "./binary-reader.js";
import { BinaryWriter } from "./binary-writer.js";
import { readHeader, writeHeader } from "./index-header.js";

/** Rows are written in pieces of this many floats (4 MiB). */
const FLOATS_PER_PIECE = 1 << 20;

/** Body of `IxF2`, `IxFI` and `IxFl`: header, then the rows as one vector of floats. */
export async function readFlat(reader: BinaryReader): Promise<IndexFlat> {
  const { dimensions, ntotal, metric } = await readHeader(reader, "IndexFlat");
  const floats = await reader.count(4);
  reader.expect(
    floats === ntotal * dimensions,
    `Expected ${ntotal} vectors of ${dimensions} floats, got ${floats} floats.`,
  );
  const rows = createRowStore(dimensions);
  await rows.appendFrom(ntotal, (target) => reader.fill(target));
  return new IndexFlat(dimensions, metric, rows);
}

export async function* writeFlat(index: IndexFlat): AsyncGenerator<Uint8Array> {
  yield* writeRows(index.metric, index.rows);
}

/** A flat index over any rows: also the storage of graphs and the centroids of IVF. */
export async function* writeRows(metric: Metric, rows: RowStore): AsyncGenerator<Uint8Array> {
  const { dimensions, count } = rows;
  const writer = new BinaryWriter();
  writer.tag(metric === "l2" ? "IxF2" : "IxFI");
  writeHeader(writer, { dimensions, ntotal: count, isTrained: true, metric });
  writer.size(count * dimensions);
  yield writer.flush();
  const step = Math.max(1, Math.floor(FLOATS_PER_PIECE / dimensions));
  for (let start = 0; start < count; start += step) {
    const piece = rows.copyRows(start, Math.min(start + step, count));
    yield new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
  }
}
