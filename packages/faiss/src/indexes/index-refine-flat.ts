import { checkHasMethod, workSlices } from "@secondpass/core";
import { checkK } from "../checks/check-k.js";
import { checkPosition } from "../checks/check-position.js";
import { checkQueries } from "../checks/check-vectors.js";
import { checkSearchOptions, checkWorkOptions } from "../checks/check-work-options.js";
import { copyWithout } from "../contract/copy-without.js";
import type { Metric } from "../contract/metric.js";
import { NO_LABEL, type SearchResult } from "../contract/search-result.js";
import type { SearchOptions, VectorIndex, WorkOptions } from "../contract/vector-index.js";
import { DiskRows } from "../disk/disk-rows.js";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import { UnsupportedOperationError } from "../errors/unsupported-operation-error.js";
import { BinaryWriter } from "../format/binary-writer.js";
import { expectSameShape, readHeader, writeHeader } from "../format/index-header.js";
import type { IndexKind } from "../format/index-kind.js";
import type { IndexReader } from "../format/index-reader.js";
import { keepAllBut, positionsWithout } from "../ids/id-filter.js";
import { packResults } from "../kernels/pack-results.js";
import type { RowStore } from "../kernels/row-store.js";
import { scoreRow } from "../kernels/score-row.js";
import { TopK } from "../kernels/top-k.js";
import { flatKind, IndexFlat, readFlatHeader } from "./flat/index-flat.js";
import { lastAtMost } from "./ivf/inverted-lists.js";

/** Floats of full vectors compared in one step: 4 MiB. */
const FLOATS_PER_STEP = 1 << 20;

/** Maximum number of candidates from the rough index for each result. */
export const MAX_FACTOR = 1000;

/** Type codes of files: for any refining index, or for one in the Panorama layout. */
type RefineCode = "IxRF" | "IxRP";

/**
 * Re-ranks: takes more candidates than k from a rough index, and keeps those that are nearest by the full vectors, or by better codes.
 *
 * @example
 * const index = new IndexRefineFlat(rough, exact, 4); // takes 40 candidates from `rough` for 10 results
 * await index.search(query, 10);
 */
export class IndexRefineFlat implements VectorIndex {
  readonly kind: string;
  readonly labelsArePositions = true;

  /**
   * @param base the rough index; its labels must be positions
   * @param refine the same vectors in full, or in better codes; its labels must be positions
   * @param kFactor candidates from the base for each result; 1 to 1000
   */
  constructor(
    readonly base: VectorIndex,
    readonly refine: VectorIndex,
    public kFactor = 1,
    readonly code: RefineCode = "IxRF",
  ) {
    for (const [name, index] of Object.entries({ base, refine }))
      checkHasMethod(name, index, ["reconstruct"], "an index");
    this.kind = nameOf(code, refine);
    if (base.dimensions !== refine.dimensions || base.ntotal !== refine.ntotal) {
      const wanted = `${base.ntotal} vectors of ${base.dimensions} dimensions, as \`base\``;
      throw new InvalidArgumentError("refine", wanted, `${refine.ntotal} of ${refine.dimensions}`);
    }
    if (!(typeof kFactor === "number" && kFactor >= 1 && kFactor <= MAX_FACTOR))
      throw new InvalidArgumentError("kFactor", `from 1 to ${MAX_FACTOR}`, kFactor);
  }

  get dimensions(): number {
    return this.base.dimensions;
  }

  get metric(): Metric {
    return this.base.metric;
  }

  get metricArg(): number | undefined {
    return this.base.metricArg;
  }

  get ntotal(): number {
    return this.refine.ntotal;
  }

  get isTrained(): boolean {
    return this.base.isTrained;
  }

  /** Whether the full vectors are on disk. */
  get rowsOnDisk(): boolean {
    return this.flatRows instanceof DiskRows;
  }

  train(vectors: Float32Array, options?: WorkOptions): Promise<void> {
    return this.base.train(vectors, options);
  }

  async add(vectors: Float32Array, options?: WorkOptions): Promise<void> {
    checkWorkOptions(options, "add");
    const { base, refine } = this;
    if (refine.truncate !== undefined && base.isTrained) {
      // Add vectors first, which fails if the disk is full: codes without their vectors could not be removed.
      await refine.add(vectors, { signal: options?.signal });
      try {
        await base.add(vectors, options);
      } finally {
        // Keep as many vectors as the base has, also after an abort.
        refine.truncate(base.ntotal);
      }
      return;
    }
    const before = base.ntotal;
    try {
      await base.add(vectors, options);
    } finally {
      if (base.ntotal > before)
        await refine.add(vectors.subarray(0, (base.ntotal - before) * this.dimensions));
    }
  }

  async addWithIds(): Promise<void> {
    throw new UnsupportedOperationError(this.kind, "addWithIds", "Wrap it in an IndexIDMap2.");
  }

  async search(queries: Float32Array, k: number, options: SearchOptions = {}): Promise<SearchResult> {
    checkSearchOptions(options);
    const { dimensions, metric } = this;
    const count = await checkQueries(queries, dimensions, options.signal);
    checkK(k, count);
    const most = Math.max(1, this.ntotal);
    const wanted = Math.min(most, Math.floor(Math.min(k, most) * this.kFactor));
    const { labels } = await this.base.search(queries, wanted, options);
    const found = Array.from({ length: count }, () => new TopK(Math.min(k, most)));
    const rows = this.flatRows;
    if (rows?.scoresOf === undefined) await this.scoreFetched(queries, labels, wanted, found, options.signal);
    else await this.scoreInMemory(rows, queries, labels, wanted, found, options.signal);
    return packResults(metric, found, count, k, options.signal);
  }

  /** Scores candidates by full vectors in memory. */
  private async scoreInMemory(
    rows: RowStore,
    queries: Float32Array,
    labels: BigInt64Array,
    wanted: number,
    found: readonly TopK[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { dimensions, metric, metricArg } = this;
    const slices = workSlices(signal);
    const step = stepOf(dimensions);
    for (const [i, best] of found.entries()) {
      const query = queries.subarray(i * dimensions, (i + 1) * dimensions);
      for (let first = 0; first < wanted; first += step) {
        const part = labels.subarray(i * wanted + first, i * wanted + Math.min(first + step, wanted));
        const known = part.filter((label) => label !== NO_LABEL);
        const positions = Uint32Array.from(known, (label) => checkPosition(label, rows.count));
        const scores = rows.scoresOf!({ metric, query, positions, metricArg });
        for (const [j, position] of positions.entries()) best.push(scores[j]!, position);
        if (slices.due()) await slices.pause();
      }
    }
  }

  /** Scores candidates by vectors that must be read or decoded first. */
  private async scoreFetched(
    queries: Float32Array,
    labels: BigInt64Array,
    wanted: number,
    found: readonly TopK[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { dimensions, metric, metricArg } = this;
    const slices = workSlices(signal);
    const step = stepOf(dimensions);
    for (let first = 0; first < labels.length; first += step) {
      const part = labels.subarray(first, first + step);
      const rowOf = await this.rowsOf(part, signal);
      for (const [i, label] of part.entries()) {
        if (label === NO_LABEL) continue;
        const query = Math.floor((first + i) / wanted);
        const { rows, start } = rowOf(label);
        const score = scoreRow(metric, queries, query * dimensions, rows, start, dimensions, metricArg);
        found[query]!.push(score, Number(label));
        if (slices.due()) await slices.pause();
      }
    }
  }

  /** The full vectors; undefined for better codes. */
  private get flatRows(): RowStore | undefined {
    return this.refine instanceof IndexFlat ? this.refine.rows : undefined;
  }

  /** Finds the vectors of labels: decoded one by one, or together from a file, in the order of their positions. */
  private async rowsOf(
    labels: BigInt64Array,
    signal: AbortSignal | undefined,
  ): Promise<(label: bigint) => { readonly rows: Float32Array; readonly start: number }> {
    const { refine, dimensions, flatRows } = this;
    if (!flatRows?.fetchRows) return (label) => ({ rows: refine.reconstruct(label), start: 0 });
    const positions = Uint32Array.from(new Set(labels.filter((label) => label !== NO_LABEL)), (label) =>
      checkPosition(label, flatRows.count),
    ).sort();
    const rows = await flatRows.fetchRows(positions, signal);
    return (label) => ({ rows, start: lastAtMost(positions, Number(label)) * dimensions });
  }

  reconstruct(label: bigint | number): Float32Array {
    return this.refine.reconstruct(label);
  }

  reconstructN(start: number, count: number): Float32Array {
    return this.refine.reconstructN(start, count);
  }

  async removeIds(): Promise<number> {
    throw new UnsupportedOperationError(
      this.kind,
      "removeIds",
      "Pass a filter to `search` that leaves them out.",
    );
  }

  async clone(): Promise<IndexRefineFlat> {
    const [base, refine] = [await this.base.clone(), await this.refine.clone()];
    return new IndexRefineFlat(base, refine, this.kFactor, this.code);
  }

  /** @throws UnsupportedOperationError if one of its indexes cannot */
  async without(labels: Iterable<number>, options?: WorkOptions): Promise<IndexRefineFlat> {
    checkWorkOptions(options, "without");
    const { kept } = await keepAllBut(labels, this.ntotal, workSlices(options?.signal));
    const unwanted = () => positionsWithout(kept, this.ntotal);
    const base = await copyWithout(this.base, unwanted(), options);
    const refine = await copyWithout(this.refine, unwanted(), options);
    return new IndexRefineFlat(base, refine, this.kFactor, this.code);
  }

  dispose(): void {
    this.base.dispose();
    this.refine.dispose();
  }
}

/** Candidates that are scored in one step. */
function stepOf(dimensions: number): number {
  return Math.max(1, Math.floor(FLOATS_PER_STEP / dimensions));
}

/** Reads the flat index at the reader's position without its rows, if they may stay in the file; undefined for others. */
async function readFlatOnDisk(reader: IndexReader): Promise<IndexFlat | undefined> {
  if (!reader.leavesRows || !FLAT_CODES.includes(await reader.nextTag())) return undefined;
  await reader.tag();
  const { dimensions, ntotal, metric, metricArg } = await readFlatHeader(reader);
  const offset = reader.position;
  reader.skip(ntotal * dimensions, 4);
  const rows = new DiskRows(dimensions, { file: reader.keepFile(), offset, count: ntotal });
  return new IndexFlat(dimensions, metric, rows, metricArg);
}

const FLAT_CODES: readonly string[] = flatKind.codes;

function nameOf(code: RefineCode, refine: VectorIndex): string {
  if (code === "IxRP") return "IndexRefinePanorama";
  return refine instanceof IndexFlat ? "IndexRefineFlat" : "IndexRefine";
}

/** The record of `IndexRefineFlat`, `IndexRefine` by other indexes, and `IndexRefinePanorama`. */
export const refineFlatKind = {
  names: ["IndexRefineFlat", "IndexRefine", "IndexRefinePanorama"],
  class: IndexRefineFlat,
  codes: ["IxRF", "IxRP"],
  supports: ["train", "add", "reconstruct", "write"],

  /** Reads header, the rough index, the full vectors, the factor. */
  async read(reader: IndexReader, code: string): Promise<IndexRefineFlat> {
    const header = await readHeader(reader, "IndexRefine", "all");
    const base = await reader.index();
    const refine = (await readFlatOnDisk(reader)) ?? (await reader.index());
    if (refine.labelsArePositions !== true) throw reader.unsupportedError(`IndexRefine by ${refine.kind}`);
    expectSameShape(reader, header, base);
    expectSameShape(reader, header, refine);
    const kFactor = await reader.f32();
    reader.expect(
      kFactor >= 1 && kFactor <= MAX_FACTOR,
      `Expected a factor from 1 to ${MAX_FACTOR}, got ${kFactor}.`,
    );
    return new IndexRefineFlat(base, refine, kFactor, code as RefineCode);
  },

  async *write(
    index: IndexRefineFlat,
    writeInner: (index: VectorIndex) => AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const writer = new BinaryWriter();
    writer.tag(index.code);
    writeHeader(writer, index);
    yield writer.flush();
    yield* writeInner(index.base);
    yield* writeInner(index.refine);
    writer.f32(index.kFactor);
    yield writer.flush();
  },
} as const satisfies IndexKind<IndexRefineFlat>;
