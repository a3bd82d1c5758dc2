import { open } from "node:fs/promises";
import { readFully } from "@secondpass/core/node";
import { CHECKSUM_BYTES } from "./checksum.js";
import { fileChecksum } from "./file-checksum.js";

/** Whether a file exists and has the content that was written: nothing is cut off, overwritten or lost. */
export async function isIntact(path: string): Promise<boolean> {
  const handle = await open(path, "r").catch(() => undefined);
  try {
    if (!handle) return false;
    const length = (await handle.stat()).size - CHECKSUM_BYTES;
    if (length < 0) return false;
    const stated = Buffer.alloc(CHECKSUM_BYTES);
    await readFully(handle, stated, length);
    return stated.equals(await fileChecksum(handle, length));
  } catch {
    return false; // A folder of that name or a broken disk counts as a missing file.
  } finally {
    await handle?.close();
  }
}
