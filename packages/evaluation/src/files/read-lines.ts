import { type WorkSlices, workSlices } from "@secondpass/core";
import { isSystemError, openRegularFile } from "@secondpass/core/node";
import { FileFormatError } from "../errors/file-format-error.js";
import { FileReadError } from "../errors/file-read-error.js";

/** Bytes read at a time. */
const BLOCK_BYTES = 2 ** 16;

/** Maximum length of a line: a file with a longer one is not a text file. */
const MAX_LINE_BYTES = 2 ** 26;

/** A line of a file, without its end. */
export interface Line {
  readonly text: string;
  /** Number of the line, from 1. */
  readonly number: number;
}

/**
 * The lines of a UTF-8 file that are not blank, one after the other; a byte order mark is left out. The file is closed when the loop ends
 * for any reason.
 * @throws {FileReadError} if the system cannot read the file
 * @throws {FileFormatError} if a line is not UTF-8, or longer than 64 MiB
 * @throws the signal's reason if it is aborted
 */
export async function* readLines(path: string, signal?: AbortSignal): AsyncGenerator<Line, void, undefined> {
  const slices = workSlices(signal);
  const handle = await openRegularFile(path).catch((error) => throwReadError(path, error));
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const pieces: Uint8Array[] = [];
    let held = 0;
    let number = 0;
    for (let ended = false; !ended; ) {
      const { bytesRead, buffer } = await handle
        .read(Buffer.allocUnsafe(BLOCK_BYTES), 0, BLOCK_BYTES)
        .catch((error) => throwReadError(path, error));
      ended = bytesRead === 0;
      signal?.throwIfAborted();
      const block = buffer.subarray(0, bytesRead);
      for (let start = 0; start < block.length || ended; ) {
        const end = ended ? -1 : block.indexOf(10, start);
        pieces.push(block.subarray(start, end === -1 ? undefined : end));
        held += pieces.at(-1)!.length;
        if (held > MAX_LINE_BYTES) {
          throw new FileFormatError(path, number + 1, `at most ${MAX_LINE_BYTES} bytes`, held);
        }
        if (end === -1 && !ended) break;
        number++;
        const text = decode(decoder, pieces, path, number);
        pieces.length = held = 0;
        if (text.trim() !== "") yield { text, number };
        if (ended) break;
        start = end + 1;
        await pauseIfDue(slices);
      }
    }
  } finally {
    await handle.close();
  }
}

function pauseIfDue(slices: WorkSlices): Promise<void> | undefined {
  return slices.due() ? slices.pause() : undefined;
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  pieces: readonly Uint8Array[],
  path: string,
  number: number,
): string {
  let text: string;
  try {
    text = decoder.decode(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces));
  } catch {
    throw new FileFormatError(path, number, "UTF-8", "other bytes", "Save the file as UTF-8.");
  }
  const start = number === 1 && text.startsWith("\ufeff") ? 1 : 0;
  return text.slice(start, text.endsWith("\r") ? -1 : undefined);
}

function throwReadError(path: string, error: unknown): never {
  throw isSystemError(error) ? new FileReadError(path, error) : error;
}
