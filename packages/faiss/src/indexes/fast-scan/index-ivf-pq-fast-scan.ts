import type { WorkSlices } from "@secondpass/core";
import type { VectorIndex } from "../../contract/vector-index.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { type FastScanCodec, toScore } from "../../kernels/fast-scan-codec.js";
import { roundTable, rowRanges } from "../../kernels/round-table.js";
import { writeProductCodec } from "../codes/write-product-codec.js";
import { IndexIVF, type IvfState } from "../ivf/index-ivf.js";
import { readIvfHeader, writeIvfHeader } from "../ivf/ivf-header.js";
import type { ListScorer } from "../ivf/list-scan.js";
import { readIvfState } from "../ivf/read-ivf-state.js";
import { type FastScanSettings, readBlockSize, readFastScanCodec } from "./index-pq-fast-scan.js";
import { readBlockLists } from "./read-block-lists.js";
import { writeBlockLists } from "./write-block-lists.js";

/** Entries of the table of a part. */
const ENTRIES = 16;

/**
 * Product-quantised vectors in lists, in faiss's fast-scan layout. Read from files; distances are rounded as in
 * faiss.
 *
 * @example
 * const index = await readIndexFile("ivfpq-fast-scan.faiss");
 * if (index instanceof IndexIVFPQFastScan) index.nprobe = 16;
 */
export class IndexIVFPQFastScan extends IndexIVF<FastScanCodec> {
  readonly kind = "IndexIVFPQFastScan";

  constructor(
    state: IvfState<FastScanCodec>,
    readonly settings: FastScanSettings,
  ) {
    super(state);
  }

  protected withState(state: IvfState<FastScanCodec>): this {
    return new IndexIVFPQFastScan(state, this.settings) as this;
  }

  /** Tables of all lists are rounded by one scale, so that their sums can be compared. */
  protected override async scorers(
    query: Float32Array,
    numbers: readonly number[],
    slices: WorkSlices,
  ): Promise<ListScorer> {
    const { codec, metric, byResidual } = this;
    const shared = byResidual && metric === "l2" ? undefined : codec.distanceTable(metric, query);
    const sharedRanges = shared && rowRanges(shared, ENTRIES);
    const starts = new Map<number, number>();
    let [widest, leastBias, leastStart] = [0, Infinity, Infinity];
    for (const number of numbers) {
      const { widest: span } = sharedRanges ?? rowRanges(this.residualTable(query, number), ENTRIES);
      widest = Math.max(widest, span);
      leastBias = Math.min(leastBias, this.bias(query, number));
      if (slices.due()) await slices.pause();
    }
    let farthest = 0;
    for (const number of numbers) {
      const ranges = sharedRanges ?? rowRanges(this.residualTable(query, number), ENTRIES);
      const bias = this.bias(query, number);
      starts.set(number, bias + ranges.leasts);
      leastStart = Math.min(leastStart, bias + ranges.leasts);
      farthest = Math.max(farthest, bias - leastBias + ranges.spans);
      if (slices.due()) await slices.pause();
    }
    const scale = scaleOf(widest, farthest);
    return (number) => {
      const table = shared ?? this.residualTable(query, number);
      const { least } = sharedRanges ?? rowRanges(table, ENTRIES);
      const start = Math.floor(Math.fround(Math.fround(starts.get(number)! - leastStart) * scale) + 0.5);
      const sum = codec.summer(roundTable(table, ENTRIES, least, scale));
      return toScore(metric, (codes, row) => start + sum(codes, row), scale, leastStart);
    };
  }

  /** The part of the distance that all codes of a list share. */
  private bias(query: Float32Array, number: number): number {
    if (!this.byResidual) return 0;
    const centroid = this.quantizer.reconstruct(number);
    let sum = 0;
    for (let i = 0; i < query.length; i++) {
      sum += this.metric === "l2" ? (query[i]! - centroid[i]!) ** 2 : query[i]! * centroid[i]!;
    }
    return sum;
  }

  /** |q - c - r|² less |q - c|², part by part. */
  private residualTable(query: Float32Array, number: number): Float64Array {
    const centroid = this.quantizer.reconstruct(number);
    const probe = query.map((value, i) => value - centroid[i]!);
    const table = this.codec.distanceTable("l2", probe);
    const width = query.length / this.codec.parts;
    for (let part = 0; part < this.codec.parts; part++) {
      let norm = 0;
      for (let i = part * width; i < (part + 1) * width; i++) norm += probe[i]! * probe[i]!;
      for (let i = part * ENTRIES; i < (part + 1) * ENTRIES; i++) table[i]! -= norm;
    }
    return table;
  }
}

/** The scale of rounding: entries have 8 bits, sums 16. */
function scaleOf(widest: number, farthest: number): number {
  const scale = Math.min(
    widest > 0 ? Math.fround(255 / widest) : Infinity,
    farthest > 0 ? Math.fround(65535 / Math.fround(farthest)) : Infinity,
  );
  return Number.isFinite(scale) ? scale : 0;
}

/** The record of `IndexIVFPQFastScan`. */
export const ivfPqFastScanKind = {
  names: ["IndexIVFPQFastScan"],
  class: IndexIVFPQFastScan,
  codes: ["IwPf"],
  supports: ["add", "addWithIds", "removeIds", "reconstruct", "write"],

  /** Reads IVF header, settings of fast scan, quantizer, lists of blocks. */
  async read(reader: IndexReader): Promise<IndexIVFPQFastScan> {
    const header = await readIvfHeader(reader, "IndexIVFPQFastScan");
    const byResidual = await reader.bool();
    const codeSize = await reader.size();
    const blockSize = await readBlockSize(reader);
    const padded = await reader.size();
    const implementation = await reader.i32();
    const queryBlocking = await reader.size();
    const codec = await readFastScanCodec(reader, header.dimensions);
    reader.expect(
      codeSize === codec.codeSize && padded === codeSize * 2,
      `Expected codes of ${codec.codeSize} bytes, got ${codeSize}.`,
    );
    const state = await readIvfState(reader, header, codec, byResidual, () =>
      readBlockLists(reader, header.nlist, { blockSize, codeSize }),
    );
    return new IndexIVFPQFastScan(state, { implementation, blockSize, queryBlocking });
  },

  async *write(
    index: IndexIVFPQFastScan,
    writeInner: (index: VectorIndex) => AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const { codec, settings } = index;
    const { blockSize } = settings;
    const { codeSize } = codec;
    const writer = new BinaryWriter();
    writer.tag("IwPf");
    yield* writeIvfHeader(writer, index, writeInner);
    writer.u8(index.byResidual ? 1 : 0);
    writer.size(codeSize);
    writer.i32(blockSize);
    writer.size(codeSize * 2);
    writer.i32(settings.implementation);
    writer.size(settings.queryBlocking);
    writeProductCodec(writer, codec);
    yield writer.flush();
    yield* writeBlockLists(index.lists, { blockSize, codeSize });
  },
} as const satisfies IndexKind<IndexIVFPQFastScan>;
