import type { FileHandle } from "node:fs/promises";
import { checkBytes } from "../../options/check-bytes.js";
import { checkHasMethod } from "../../options/check-has-method.js";
import { checkNumber } from "../../options/check-number.js";

/**
 * Writes all bytes into a file.
 * @param offset where in the file @default where the last write ended
 * @throws {InvalidOptionError} if an argument has another type
 * @throws the operating system's error
 */
export async function writeFully(handle: FileHandle, bytes: Uint8Array, offset?: number): Promise<void> {
  checkHasMethod("handle", handle, ["write"], "an open file");
  checkBytes("bytes", bytes);
  if (offset !== undefined) checkNumber("offset", offset);
  for (let done = 0; done < bytes.length; ) {
    const at = offset === undefined ? null : offset + done;
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at);
    done += bytesWritten;
  }
}
