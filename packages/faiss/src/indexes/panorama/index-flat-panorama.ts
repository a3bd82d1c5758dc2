import type { Metric } from "../../contract/metric.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import { MAX_DIMENSIONS } from "../../format/index-header.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { piecesOf } from "../../format/pieces-of.js";
import { createRowStore } from "../../kernels/create-row-store.js";
import type { RowStore } from "../../kernels/row-store.js";
import { IndexFlat } from "../flat/index-flat.js";
import {
  cumulativeSums,
  fromLevels,
  MAX_BATCH_FLOATS,
  type PanoramaLayout,
  paddedCount,
  toLevels,
} from "./panorama-layout.js";

/**
 * A flat index whose file has vectors in faiss's Panorama layout. Searches work as in any flat index, with the same neighbours.
 *
 * @example
 * const index = await readIndexFile("panorama.faiss"); // an IndexFlatPanorama
 * await index.search(query, 10);
 */
export class IndexFlatPanorama extends IndexFlat {
  /** @param layout layout of the vectors in its file */
  constructor(
    dimensions: number,
    metric: Metric,
    readonly layout: PanoramaLayout,
    rows?: RowStore,
  ) {
    super(dimensions, metric, rows);
  }

  override get kind(): string {
    return this.metric === "l2" ? "IndexFlatL2Panorama" : "IndexFlatIPPanorama";
  }

  override async emptyCopy(): Promise<IndexFlatPanorama> {
    return new IndexFlatPanorama(this.dimensions, this.metric, this.layout);
  }
}

const CODES = { l2: "IxFP", inner_product: "IxFp" } as const;

/** The record of `IndexFlatL2Panorama` and `IndexFlatIPPanorama`. */
export const flatPanoramaKind = {
  names: ["IndexFlatL2Panorama", "IndexFlatIPPanorama"],
  class: IndexFlatPanorama,
  codes: [CODES.l2, CODES.inner_product],
  supports: ["add", "removeIds", "reconstruct", "write"],

  /** Reads a special header, vectors batch by batch as bytes, their sums. */
  async read(reader: IndexReader, code: string): Promise<IndexFlatPanorama> {
    const dimensions = await reader.i32();
    reader.expect(
      dimensions >= 1 && dimensions <= MAX_DIMENSIONS,
      `Expected 1 to ${MAX_DIMENSIONS} dimensions, got ${dimensions}.`,
    );
    const layout = await readPanoramaLayout(reader, dimensions);
    const ntotal = await reader.size();
    await reader.bool();
    const padded = paddedCount(ntotal, layout);
    const bytes = await reader.count(1);
    reader.expect(
      bytes === padded * dimensions * 4,
      `Expected ${padded} vectors of ${dimensions} floats, got ${bytes} bytes.`,
    );
    const rows = createRowStore(dimensions);
    for (let first = 0; first < ntotal; first += layout.batchSize) {
      const batch = await reader.elements(Float32Array, layout.batchSize * dimensions);
      rows.append(fromLevels(batch, Math.min(layout.batchSize, ntotal - first), dimensions, layout));
    }
    const sums = await reader.count(4);
    const expected = padded * (layout.levels + 1);
    reader.expect(sums === expected, `Expected ${expected} sums, got ${sums}.`);
    // Skip sums, which follow from the vectors.
    reader.skip(sums, 4);
    return new IndexFlatPanorama(dimensions, code === CODES.l2 ? "l2" : "inner_product", layout, rows);
  },

  async *write({ dimensions, metric, layout, rows }: IndexFlatPanorama): AsyncGenerator<Uint8Array> {
    const { levels, batchSize } = layout;
    const { count } = rows;
    const padded = paddedCount(count, layout);
    const writer = new BinaryWriter();
    writer.tag(metric === "l2" ? CODES.l2 : CODES.inner_product);
    writer.i32(dimensions);
    writer.size(levels);
    writer.size(batchSize);
    writer.size(count);
    writer.u8(1);
    writer.size(padded * dimensions * 4);
    yield writer.flush();
    const batches = function* () {
      for (let first = 0; first < count; first += batchSize) {
        yield rows.copyRows(first, Math.min(first + batchSize, count));
      }
    };
    for (const batch of batches()) yield* piecesOf(toLevels(batch, dimensions, layout));
    writer.size(padded * (levels + 1));
    yield writer.flush();
    for (const batch of batches()) yield* piecesOf(cumulativeSums(batch, dimensions, layout));
  },
} as const satisfies IndexKind<IndexFlatPanorama>;

/** Reads the number of levels, and of vectors in a batch. @param fixed the batch size, if the file does not have it */
export async function readPanoramaLayout(
  reader: IndexReader,
  dimensions: number,
  fixed?: number,
): Promise<PanoramaLayout> {
  const levels = await reader.size();
  const batchSize = fixed ?? (await reader.size());
  reader.expect(
    levels >= 1 && levels <= dimensions && batchSize >= 1 && batchSize * dimensions <= MAX_BATCH_FLOATS,
    `Expected 1 to ${dimensions} levels and batches of at most ${MAX_BATCH_FLOATS} floats, got ${levels} levels and ${batchSize} vectors.`,
  );
  return { levels, batchSize };
}
