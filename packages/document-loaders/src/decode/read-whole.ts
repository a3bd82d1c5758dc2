import type { Stats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { readFully } from "@secondpass/core/node";

/** So many times a file is read that changes meanwhile. One that changes each time, such as a log, is taken as it is. */
const MAX_READS = 5;

/**
 * Reads a whole file, and reads it again if somebody wrote into it meanwhile: otherwise its new text could end where the old one did.
 *
 * @param check throws if a file of this kind or size should not be read
 */
export async function readWhole(file: FileHandle, check: (found: Stats) => void): Promise<Uint8Array> {
  let before = await file.stat();
  for (let reads = 1; ; reads++) {
    check(before);
    const bytes = await readOnce(file, before.size);
    const after = await file.stat();
    const isSame = after.size === before.size && after.mtimeMs === before.mtimeMs;
    if (isSame || reads === MAX_READS) return bytes;
    before = after;
  }
}

/** Files of the system, such as those of /proc, say that they have 0 bytes. */
async function readOnce(file: FileHandle, size: number): Promise<Uint8Array> {
  if (size === 0) return file.readFile();
  const bytes = new Uint8Array(size);
  return bytes.subarray(0, await readFully(file, bytes, 0));
}
