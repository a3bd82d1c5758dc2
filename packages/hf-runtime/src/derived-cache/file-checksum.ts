import type { FileHandle } from "node:fs/promises";
import { readFully } from "@secondpass/core/node";
import { checksum } from "./checksum.js";

/** Checksum over the first `length` bytes of a file. */
export function fileChecksum(handle: FileHandle, length: number): Promise<Buffer> {
  return checksum(length, async (offset, into) => into.subarray(0, await readFully(handle, into, offset)));
}
