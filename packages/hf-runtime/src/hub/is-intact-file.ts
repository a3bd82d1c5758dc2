import { readFile, realpath, stat } from "node:fs/promises";
import { basename } from "node:path";
import { type BlobMetadata, blobHash } from "./blob-metadata.js";

/** Larger files are only checked by size: hashing gigabytes at every start would take seconds. */
const MAX_HASHED_BYTES = 1 << 20;

/**
 * Whether a cached file equals the hub's: it has the right size and, if it is small, the right hash. If `expected` has no hash, the blob's
 * name is taken as its hash.
 * @param expected what the hub says about the file, if known
 */
export async function isIntactFile(path: string, expected: Partial<BlobMetadata> = {}): Promise<boolean> {
  try {
    const entry = await stat(path);
    if (!entry.isFile()) return false;
    if (expected.sizeBytes !== undefined && entry.size !== expected.sizeBytes) return false;
    if (entry.size > MAX_HASHED_BYTES) return true;
    const etag = expected.etag ?? basename(await realpath(path));
    const hash = blobHash({ etag, sizeBytes: entry.size });
    if (hash === undefined) return true;
    hash.update(await readFile(path));
    return hash.hex() === etag;
  } catch {
    return false; // Not there, a link to nowhere, or not readable.
  }
}
