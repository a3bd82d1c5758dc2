import type { Stats } from "node:fs";
import { openWithoutWaiting } from "@secondpass/core/node";
import { FileReadError } from "../errors/file-read-error.js";
import { readWhole } from "./read-whole.js";

const EXPECTED = "a readable text file";
/** Maximum number of bytes that Node can read at once. */
const MAX_BYTES = 2 ** 31 - 1;

/**
 * Reads the bytes of a regular file, and reads them again if it changes meanwhile. Does not wait for the other end of a pipe.
 *
 * @throws {FileReadError} also for pipes, sockets and devices, which may never end, and for files of 2 GiB and more
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const file = await openWithoutWaiting(path);
    try {
      return await readWhole(file, (found) => {
        // Reading a folder throws EISDIR.
        if (!found.isFile() && !found.isDirectory()) throw new FileReadError(path, EXPECTED, kindOf(found));
        if (found.size > MAX_BYTES) throw new FileReadError(path, EXPECTED, tooLarge(found.size));
      });
    } finally {
      await file.close();
    }
  } catch (error) {
    throw FileReadError.isInstance(error) ? error : new FileReadError(path, EXPECTED, error);
  }
}

function kindOf(found: Stats): string {
  const kind = found.isFIFO() ? "a pipe" : found.isSocket() ? "a socket" : "a device";
  return `${kind}, which may have no end. Read it yourself, and pass a Blob`;
}

function tooLarge(bytes: number): string {
  return `a file of ${bytes} bytes. Files of 2 GiB and more are too large for one text: split it`;
}
