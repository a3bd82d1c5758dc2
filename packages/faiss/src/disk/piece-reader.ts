import { read, readSync } from "node:fs";
import { workSlices } from "@secondpass/core";
import { fileErrorAdvice, isSystemError } from "@secondpass/core/node";
import { IndexFileError } from "../errors/index-file-error.js";
import type { SharedFile } from "../io/shared-file.js";

/** Maximum number of concurrent reads: enough for a disk's queue, while other work of the process still runs. */
const READS_AT_A_TIME = 16;

/**
 * Expected time of synchronous reads from the system's memory, in milliseconds: of a call, a piece and a byte. A piece takes 1 to 2 µs, and 7 to 10 by way of
 * Node's threads. Reads that take longer wait for a disk.
 */
const EXPECTED_MS = { call: 0.1, piece: 0.01, byte: 1 / 2e6 };

/** Maximum number of calls that do not try synchronous reads again after slow ones. */
const MAX_CALLS_WITHOUT = 64;

/** Consecutive bytes that are read by one call. */
export interface Piece {
  readonly file: SharedFile;
  readonly offset: number;
  readonly target: Uint8Array;
}

/**
 * Reads pieces of files: one after the other, synchronously, as long as that is so quick that the system must have them in memory; the others by Node's threads, several
 * at a time. After slow reads, the next call does not try it, after further ones the next two, four… So the event loop waits for a disk only rarely, and for one piece.
 */
export class PieceReader {
  /** Calls without synchronous reads after the next slow one, and those that are left. */
  #pause = 1;
  #callsWithout = 0;

  /** @param now a clock in milliseconds */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Fills all pieces. @returns whether all reads were quick @throws IndexFileError; the signal's reason */
  async read(pieces: readonly Piece[], signal: AbortSignal | undefined): Promise<boolean> {
    const isPaused = this.#callsWithout > 0;
    if (isPaused) this.#callsWithout--;
    const done = isPaused ? 0 : await this.#readQuickly(pieces, signal);
    signal?.throwIfAborted();
    if (done === pieces.length) return true;
    await readTogether(pieces.slice(done), signal);
    return false;
  }

  /** @returns the number of pieces that were read */
  async #readQuickly(pieces: readonly Piece[], signal: AbortSignal | undefined): Promise<number> {
    const slices = workSlices(signal);
    let allowed = EXPECTED_MS.call;
    let taken = 0;
    for (const [i, piece] of pieces.entries()) {
      signal?.throwIfAborted();
      if (slices.due()) await slices.pause();
      const start = this.now();
      readPieceNow(piece);
      taken += this.now() - start;
      allowed += EXPECTED_MS.piece + piece.target.length * EXPECTED_MS.byte;
      if (taken <= allowed) continue;
      this.#callsWithout = this.#pause;
      this.#pause = Math.min(this.#pause * 2, MAX_CALLS_WITHOUT);
      return i + 1;
    }
    this.#pause = 1;
    return pieces.length;
  }
}

/** Reads a piece synchronously. @throws IndexFileError */
export function readPieceNow({ file, offset, target }: Piece): void {
  for (let done = 0; done < target.length; ) {
    const bytes = attempt(file, () =>
      readSync(file.handle.fd, target, done, target.length - done, offset + done),
    );
    if (bytes === 0) throw shorter(file);
    done += bytes;
  }
}

/** Runs work on a file. @throws IndexFileError for errors of the system */
export function attempt<T>(file: SharedFile, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asIndexFileError(file, error);
  }
}

/** Reads several pieces at a time, and starts no more once one has failed. */
async function readTogether(pieces: readonly Piece[], signal: AbortSignal | undefined): Promise<void> {
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  const reader = async () => {
    while (next < pieces.length && failure === undefined) {
      try {
        signal?.throwIfAborted();
        await readPiece(pieces[next++]!);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(READS_AT_A_TIME, pieces.length) }, reader));
  if (failure !== undefined) throw failure.error;
}

/** Reads a piece. By a callback, since `FileHandle.read` takes three times as long for a row. */
function readPiece({ file, offset, target }: Piece): Promise<void> {
  return new Promise((resolve, reject) => {
    const readFrom = (done: number) => {
      read(file.handle.fd, target, done, target.length - done, offset + done, (error, bytes) => {
        if (error !== null) reject(asIndexFileError(file, error));
        else if (bytes === 0) reject(shorter(file));
        else if (done + bytes < target.length) readFrom(done + bytes);
        else resolve();
      });
    };
    readFrom(0);
  });
}

function asIndexFileError(file: SharedFile, error: unknown): unknown {
  return isSystemError(error)
    ? new IndexFileError(file.path, fileErrorAdvice(error), { cause: error })
    : error;
}

function shorter({ path }: SharedFile): IndexFileError {
  return new IndexFileError(
    path,
    "it became shorter, and rows of the index are missing. Restore it, and read the index again.",
  );
}
