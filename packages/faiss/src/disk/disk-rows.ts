import { randomUUID } from "node:crypto";
import { fstatSync } from "node:fs";
import { open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workSlices } from "@secondpass/core";
import { FileWriteError, isSystemError, writeFully } from "@secondpass/core/node";
import { IndexDisposedError } from "../errors/index-disposed-error.js";
import { isAllowed } from "../ids/id-filter.js";
import { type SharedFile, shareFile } from "../io/shared-file.js";
import { positionRange } from "../kernels/position-range.js";
import type { RowStore, ScanRequest } from "../kernels/row-store.js";
import { scoreRow } from "../kernels/score-row.js";
import { TopK } from "../kernels/top-k.js";
import { attempt, type Piece, PieceReader, readPieceNow } from "./piece-reader.js";

/** Maximum bytes of one read of consecutive rows. */
const READ_BYTES = 1 << 20;

/** Consecutive rows in a file. */
interface Extent {
  readonly file: SharedFile;
  /** Byte offset of its first row. */
  readonly offset: number;
  readonly count: number;
  /** Whether it is a temporary file of this program, to which rows may be added. */
  readonly isScratch: boolean;
}

/**
 * Stores rows in files: those of an index file stay there, added ones go to a temporary file without a name. Memory has
 * only the numbers of the remaining rows, once some were removed.
 */
export class DiskRows implements RowStore {
  /** In the order of rows. */
  #extents: readonly Extent[] = [];
  /** The row of each position, ascending, with spare room at the end; undefined while both are equal. */
  #kept: Uint32Array | undefined;
  #keptCount = 0;
  /** Whether another store shares the array of kept rows. */
  #isShared = false;
  #isDisposed = false;
  readonly #reader = new PieceReader();

  /**
   * @param stored rows that are in a file already, which must be retained for this store; none if not given
   * @param folder folder of the temporary file @default that of the system
   */
  constructor(
    readonly dimensions: number,
    stored?: Omit<Extent, "isScratch">,
    private readonly folder: string = tmpdir(),
  ) {
    if (stored !== undefined) this.#extents = [{ ...stored, isScratch: false }];
  }

  get count(): number {
    return this.#kept === undefined ? this.#rows : this.#keptCount;
  }

  /** Adds rows to the temporary file. @throws FileWriteError if the disk is full, or the file cannot be made */
  async append(rows: Float32Array): Promise<void> {
    const count = rows.length / this.dimensions;
    if (count === 0) return;
    const last = await this.#writable();
    const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
    try {
      await writeFully(last.file.handle, bytes, last.offset + last.count * this.#rowBytes);
    } catch (error) {
      throw isSystemError(error) ? new FileWriteError(last.file.path, error) : error;
    }
    const first = this.#rows;
    this.#extents = [...this.#extents.slice(0, -1), { ...last, count: last.count + count }];
    if (this.#kept === undefined) return;
    const length = this.#keptCount + count;
    if (length > this.#kept.length || this.#isShared) {
      const kept = new Uint32Array(Math.ceil(length * 1.25));
      kept.set(this.#kept.subarray(0, this.#keptCount));
      this.#kept = kept;
      this.#isShared = false;
    }
    this.#kept.set(positionRange(first, first + count), this.#keptCount);
    this.#keptCount = length;
  }

  async appendFrom(count: number, fill: (target: Uint8Array) => Promise<void>): Promise<void> {
    const step = Math.max(1, Math.floor(READ_BYTES / this.#rowBytes));
    for (let done = 0; done < count; done += step) {
      const rows = new Float32Array(Math.min(step, count - done) * this.dimensions);
      await fill(new Uint8Array(rows.buffer));
      await this.append(rows);
    }
  }

  /** Reads synchronously, for a few rows. @throws IndexFileError */
  copyRows(start: number, end: number): Float32Array {
    const rows = new Float32Array((end - start) * this.dimensions);
    for (const piece of this.#pieces(positionRange(start, end), rows)) readPieceNow(piece);
    for (const { file, isScratch } of this.#extents) if (!isScratch) checkUnchangedNow(file);
    return rows;
  }

  async fetchRows(positions: Uint32Array, signal?: AbortSignal): Promise<Float32Array> {
    signal?.throwIfAborted();
    const rows = new Float32Array(positions.length * this.dimensions);
    const pieces = this.#pieces(positions, rows);
    const files = new Map(this.#extents.map(({ file, isScratch }) => [file, isScratch]));
    // Keep the files open if the index is disposed meanwhile.
    for (const file of files.keys()) file.retain();
    try {
      const isQuick = await this.#reader.read(pieces, signal);
      for (const [file, isScratch] of files) {
        if (isScratch) continue;
        if (isQuick) checkUnchangedNow(file);
        else await file.checkUnchanged();
      }
    } finally {
      await Promise.all([...files.keys()].map((file) => file.release()));
    }
    return rows;
  }

  truncate(count: number): void {
    if (count >= this.count) return;
    if (this.#kept !== undefined) {
      // Dropped rows stay in the file: rows that are added next follow them.
      this.#keptCount = count;
      return;
    }
    const extents: Extent[] = [];
    let left = count;
    for (const extent of this.#extents) {
      if (left > 0) extents.push({ ...extent, count: Math.min(left, extent.count) });
      else release(extent);
      left -= extent.count;
    }
    this.#extents = extents;
  }

  async retain(kept: Uint8Array): Promise<void> {
    const slices = workSlices();
    const rows = new Uint32Array(this.count);
    let length = 0;
    for (let position = 0; position < rows.length; position++) {
      if (isAllowed(kept, position)) rows[length++] = this.#kept?.[position] ?? position;
      if (slices.due()) await slices.pause();
    }
    this.#kept = rows;
    this.#keptCount = length;
    this.#isShared = false;
  }

  async prepare(): Promise<void> {}

  /** Reads and compares all rows, which is slow; searches should re-rank instead. */
  async scan({ metric, metricArg, queries, k, allowed, signal }: ScanRequest): Promise<TopK[]> {
    const { dimensions, count } = this;
    const slices = workSlices(signal);
    const found = Array.from({ length: queries.length / dimensions }, () => new TopK(Math.min(k, count)));
    const step = Math.max(1, Math.floor(READ_BYTES / this.#rowBytes));
    for (let start = 0; start < count && found.length > 0; start += step) {
      const positions = positionRange(start, Math.min(start + step, count)).filter(
        (position) => allowed === undefined || isAllowed(allowed, position),
      );
      const rows = await this.fetchRows(positions, signal);
      for (const [query, best] of found.entries()) {
        for (const [i, position] of positions.entries()) {
          const at = i * dimensions;
          best.push(scoreRow(metric, queries, query * dimensions, rows, at, dimensions, metricArg), position);
          if (slices.due()) await slices.pause();
        }
      }
    }
    return found;
  }

  share(): DiskRows {
    const copy = new DiskRows(this.dimensions, undefined, this.folder);
    copy.#extents = this.#extents.map((extent) => ({ ...extent, file: extent.file.retain() }));
    copy.#kept = this.#kept;
    copy.#keptCount = this.#keptCount;
    copy.#isShared = true;
    this.#isShared = true;
    return copy;
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const extent of this.#extents) release(extent);
    this.#extents = [];
  }

  get #rowBytes(): number {
    return this.dimensions * 4;
  }

  /** Number of rows in the files. */
  get #rows(): number {
    return this.#extents.reduce((rows, { count }) => rows + count, 0);
  }

  /** The last extent if it may grow, because no other store has rows in its file; otherwise a new one. */
  async #writable(): Promise<Extent> {
    const last = this.#extents.at(-1);
    if (last?.isScratch && last.file.users === 1) return last;
    const extent = { file: await openScratch(this.folder), offset: 0, count: 0, isScratch: true };
    this.#extents = [...this.#extents, extent];
    return extent;
  }

  /** The reads that fill `rows` with the rows at these positions, ascending. */
  #pieces(positions: Uint32Array, rows: Float32Array): Piece[] {
    if (this.#isDisposed) throw new IndexDisposedError("index with rows on disk");
    const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
    const most = Math.max(1, Math.floor(READ_BYTES / this.#rowBytes));
    const pieces: Piece[] = [];
    let [extent, first] = [0, 0];
    for (let i = 0; i < positions.length; ) {
      const row = this.#rowAt(positions[i]!);
      while (row >= first + this.#extents[extent]!.count) first += this.#extents[extent++]!.count;
      const { file, offset, count } = this.#extents[extent]!;
      const limit = Math.min(most, first + count - row);
      let length = 1;
      while (i + length < positions.length && length < limit) {
        if (this.#rowAt(positions[i + length]!) !== row + length) break;
        length++;
      }
      pieces.push({
        file,
        offset: offset + (row - first) * this.#rowBytes,
        target: bytes.subarray(i * this.#rowBytes, (i + length) * this.#rowBytes),
      });
      i += length;
    }
    return pieces;
  }

  #rowAt(position: number): number {
    return this.#kept === undefined ? position : this.#kept[position]!;
  }
}

/** Makes a file that no one else can open, and that disappears when it is closed, even if the process crashes. */
async function openScratch(folder: string): Promise<SharedFile> {
  const path = join(folder, `secondpass-rows-${randomUUID()}`);
  try {
    const handle = await open(path, "wx+", 0o600);
    // Windows may not remove an open file; it then stays until temporary files are cleared.
    await unlink(path).catch(() => undefined);
    return await shareFile(handle, path);
  } catch (error) {
    throw isSystemError(error) ? new FileWriteError(path, error) : error;
  }
}

/** Releases an extent's file. Reads in progress continue, and callers do not wait for the file to be closed. */
function release({ file }: Extent): void {
  file.release().catch(() => undefined);
}

/** @throws IndexFileError if the file has changed since it was opened */
function checkUnchangedNow(file: SharedFile): void {
  file.checkState(attempt(file, () => fstatSync(file.handle.fd, { bigint: true })));
}
