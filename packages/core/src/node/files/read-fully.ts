import type { FileHandle } from "node:fs/promises";

/** One read returns at most 2 GiB. */
const MAX_READ_BYTES = 2 ** 30;

/** Fills `into` with a file's bytes from `offset` on. @returns how many there were: fewer than `into` has only at the file's end */
export async function readFully(handle: FileHandle, into: Uint8Array, offset: number): Promise<number> {
  let done = 0;
  while (done < into.length) {
    const length = Math.min(into.length - done, MAX_READ_BYTES);
    const { bytesRead } = await handle.read(into, done, length, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}
