import type { FileHandle } from "node:fs/promises";
import { checkBytes } from "../../options/check-bytes.js";
import { checkHasMethod } from "../../options/check-has-method.js";
import { checkNumber } from "../../options/check-number.js";

/** One read returns at most 2 GiB. */
const MAX_READ_BYTES = 2 ** 30;

/**
 * Fills `into` with a file's bytes from `offset` on.
 * @returns the number of bytes read: fewer than `into` has only at the file's end
 * @throws {InvalidOptionError} if an argument has another type
 * @throws the operating system's error
 */
export async function readFully(handle: FileHandle, into: Uint8Array, offset: number): Promise<number> {
  checkHasMethod("handle", handle, ["read"], "an open file");
  checkBytes("into", into);
  checkNumber("offset", offset);
  let done = 0;
  while (done < into.length) {
    const length = Math.min(into.length - done, MAX_READ_BYTES);
    const { bytesRead } = await handle.read(into, done, length, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}
