import { open } from "node:fs/promises";
import { readFully } from "@secondpass/core/node";
import { CHECKSUM_BYTES } from "./checksum.js";
import { fileChecksum } from "./file-checksum.js";

/** Whether a file is there and is what was written: none of it cut off, overwritten or lost. */
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
    return false; // A folder of that name, a broken disk: as good as not there.
  } finally {
    await handle?.close();
  }
}
