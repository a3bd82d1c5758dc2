import { workSlices } from "@secondpass/core";
import type { BinaryWriter } from "../../format/binary-writer.js";
import { piecesOf } from "../../format/pieces-of.js";
import type { RowStore } from "../../kernels/row-store.js";
import { cumulativeSums } from "../panorama/panorama-layout.js";

/** Rows processed in one step. */
const ROWS_PER_STEP = 256;

/** Writes sums as `readCumulativeSums` reads them. First yields the bytes that are already in the writer. */
export async function* writeCumulativeSums(
  writer: BinaryWriter,
  rows: RowStore,
  levels: number,
): AsyncGenerator<Uint8Array> {
  const { dimensions, count } = rows;
  writer.size(levels);
  writer.size(count * (levels + 1));
  yield writer.flush();
  const slices = workSlices();
  for (let first = 0; first < count; first += ROWS_PER_STEP) {
    const vectors = rows.copyRows(first, Math.min(first + ROWS_PER_STEP, count));
    for (let start = 0; start < vectors.length; start += dimensions) {
      // Each vector is a separate batch.
      const vector = vectors.subarray(start, start + dimensions);
      writer.array(cumulativeSums(vector, dimensions, { levels, batchSize: 1 }));
      if (slices.due()) await slices.pause();
    }
    yield* piecesOf(writer.flush());
  }
}
