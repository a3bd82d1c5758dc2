import { workSlices } from "@secondpass/core";
import type { VectorIndex } from "../../contract/vector-index.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { piecesOf } from "../../format/pieces-of.js";
import { FloatCodec } from "../../kernels/float-codec.js";
import { IndexIVF, type IvfState } from "../ivf/index-ivf.js";
import { InvertedLists, type ListBlock } from "../ivf/inverted-lists.js";
import { readIvfHeader, writeIvfHeader } from "../ivf/ivf-header.js";
import { readListDirectory } from "../ivf/read-inverted-lists.js";
import { readIvfState } from "../ivf/read-ivf-state.js";
import { writeListSizes } from "../ivf/write-inverted-lists.js";
import { readPanoramaLayout } from "./index-flat-panorama.js";
import { cumulativeSums, fromLevels, type PanoramaLayout, paddedCount, toLevels } from "./panorama-layout.js";

/** The batch size of files without this field. */
const DEFAULT_BATCH_SIZE = 128;

/**
 * An IVF index whose file has vectors in faiss's Panorama layout. Searches work as in any IVF index, with the same neighbours.
 *
 * @example
 * const index = await readIndexFile("ivf-panorama.faiss");
 * if (index instanceof IndexIVFFlatPanorama) index.nprobe = 16;
 */
export class IndexIVFFlatPanorama extends IndexIVF<FloatCodec> {
  readonly kind = "IndexIVFFlatPanorama";

  /** @param layout layout of the vectors in its file */
  constructor(
    state: IvfState<FloatCodec>,
    readonly layout: PanoramaLayout,
  ) {
    super(state);
  }

  protected withState(state: IvfState<FloatCodec>): this {
    return new IndexIVFFlatPanorama(state, this.layout) as this;
  }
}

/** The record of `IndexIVFFlatPanorama`. */
export const ivfFlatPanoramaKind = {
  names: ["IndexIVFFlatPanorama"],
  class: IndexIVFFlatPanorama,
  codes: ["IwP2", "IwPn"],
  supports: ["add", "addWithIds", "removeIds", "reconstruct", "write"],

  /** Reads IVF header, layout, lists in batches. */
  async read(reader: IndexReader, code: string): Promise<IndexIVFFlatPanorama> {
    const header = await readIvfHeader(reader, "IndexIVFFlatPanorama");
    const layout = await readPanoramaLayout(
      reader,
      header.dimensions,
      code === "IwP2" ? undefined : DEFAULT_BATCH_SIZE,
    );
    const codec = new FloatCodec(header.dimensions);
    const state = await readIvfState(reader, header, codec, false, () =>
      readPanoramaLists(reader, header.nlist, header.dimensions, layout),
    );
    return new IndexIVFFlatPanorama(state, layout);
  },

  async *write(
    index: IndexIVFFlatPanorama,
    writeInner: (index: VectorIndex) => AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const { layout, lists, dimensions } = index;
    const writer = new BinaryWriter();
    writer.tag("IwP2");
    yield* writeIvfHeader(writer, index, writeInner);
    for (const tag of [undefined, "ilp2"]) {
      if (tag !== undefined) {
        writer.tag(tag);
        writer.size(lists.count);
        writer.size(dimensions * 4);
      }
      writer.size(layout.levels);
      writer.size(layout.batchSize);
    }
    const slices = workSlices();
    const directory = await lists.directory(slices);
    writeListSizes(writer, lists.count, directory);
    yield writer.flush();
    for (const number of directory.numbers) {
      const { codes, ids, length } = lists.get(number)!;
      const vectors = new Float32Array(codes.buffer, codes.byteOffset, length * dimensions);
      yield* batches(vectors, dimensions, layout, toLevels);
      yield* piecesOf(ids.view());
      yield* batches(vectors, dimensions, layout, cumulativeSums);
      if (slices.due()) await slices.pause();
    }
  },
} as const satisfies IndexKind<IndexIVFFlatPanorama>;

function* batches(
  vectors: Float32Array,
  dimensions: number,
  layout: PanoramaLayout,
  make: typeof toLevels,
): Generator<Uint8Array> {
  const step = layout.batchSize * dimensions;
  for (let start = 0; start < vectors.length; start += step) {
    yield* piecesOf(make(vectors.subarray(start, start + step), dimensions, layout));
  }
}

/** Reads tag, number of lists, code size, layout, sizes, then batches, ids and sums of each list that is not empty. */
async function readPanoramaLists(
  reader: IndexReader,
  nlist: number,
  dimensions: number,
  layout: PanoramaLayout,
): Promise<InvertedLists> {
  const tag = await reader.tag();
  reader.expect(
    tag === "ilp2" || tag === "ilpn",
    `Expected lists of batches, got an object with tag ${JSON.stringify(tag)}.`,
  );
  const count = await reader.size();
  reader.expect(count === nlist, `Expected ${nlist} lists, got ${count}.`);
  const codeSize = await reader.size();
  const { levels, batchSize } = await readPanoramaLayout(
    reader,
    dimensions,
    tag === "ilp2" ? undefined : DEFAULT_BATCH_SIZE,
  );
  reader.expect(
    codeSize === dimensions * 4 && levels === layout.levels && batchSize === layout.batchSize,
    `Expected lists of codes of ${dimensions * 4} bytes in ${layout.levels} levels, got ${codeSize} and ${levels}.`,
  );
  const directory = await readListDirectory(reader, nlist);
  const blocks: ListBlock[] = [];
  for (let i = 0; i < directory.numbers.length; i++) {
    const start = directory.starts[i]!;
    const size = directory.starts[i + 1]! - start;
    const padded = paddedCount(size, layout);
    reader.requireElements(padded, codeSize);
    const vectors = new Float32Array(size * dimensions);
    for (let first = 0; first < size; first += batchSize) {
      const batch = await reader.elements(Float32Array, batchSize * dimensions);
      const rows = Math.min(batchSize, size - first);
      vectors.set(fromLevels(batch, rows, dimensions, layout), first * dimensions);
    }
    const ids = await reader.elements(BigInt64Array, size);
    reader.skip(padded * (levels + 1), 4);
    blocks.push({ start, codes: new Uint8Array(vectors.buffer), ids });
  }
  return new InvertedLists(nlist, codeSize, { directory, blocks });
}
