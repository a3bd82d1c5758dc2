import { open } from "node:fs/promises";
import { readFully } from "@secondpass/core/node";
import { CHECKSUM_BYTES, checksum } from "./checksum.js";

/** Reads a file's content without the checksum, into a buffer that is aligned for any typed array; undefined if the file is not intact. */
export async function readIntact(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const handle = await open(path, "r").catch(() => undefined);
  try {
    if (!handle) return undefined;
    const bytes = new Uint8Array((await handle.stat()).size);
    const length = bytes.length - CHECKSUM_BYTES;
    if (length < 0 || (await readFully(handle, bytes, 0)) < bytes.length) return undefined;
    const content = bytes.subarray(0, length);
    const actual = await checksum(length, (offset, { length }) => content.subarray(offset, offset + length));
    return actual.equals(bytes.subarray(length)) ? content : undefined;
  } catch {
    return undefined;
  } finally {
    await handle?.close();
  }
}
