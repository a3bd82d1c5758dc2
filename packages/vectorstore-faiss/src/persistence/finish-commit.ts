import { type FileHandle, open, rename } from "node:fs/promises";
import { flushFolder, isErrorCode } from "@secondpass/core/node";
import { fileSource } from "@secondpass/faiss/io";
import { hashSource } from "./link/hash-source.js";
import { readLink } from "./link/store-link.js";
import type { StorePaths } from "./store-paths.js";

/**
 * Does what a commit that was cut short between its two renames still had to do. Call it under the store's lock.
 * @returns whether there was anything to do
 */
export async function finishCommit(paths: StorePaths): Promise<boolean> {
  const link = await withFile(paths.documents, async (handle) => readLink(await fileSource(handle)));
  if (link === undefined) return false;
  const matches = await withFile(paths.nextIndex, async (handle) => {
    const source = await fileSource(handle);
    return source.size === link.index.bytes && (await hashSource(source)).sha256 === link.index.sha256;
  });
  if (!matches) return false;
  await rename(paths.nextIndex, paths.index);
  await flushFolder(paths.directory);
  return true;
}

/** Opens a file to read, `undefined` if it does not exist. */
async function withFile<T>(path: string, work: (handle: FileHandle) => Promise<T>): Promise<T | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return undefined;
    throw error;
  }
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}
