import type { FileHandle } from "node:fs/promises";
import { basename } from "node:path";
import { type FileSet, isErrorCode, openRegularFile } from "@secondpass/core/node";
import { fileSource } from "@secondpass/faiss/io";
import { hashSource } from "./link/hash-source.js";
import { readLink, type StoreLink } from "./link/store-link.js";
import type { StorePaths } from "./store-paths.js";

/** A store's files as a set: the document file is the head, which names the index. */
export function storeFileSet(paths: StorePaths): FileSet {
  return {
    folder: paths.directory,
    head: basename(paths.documents),
    members: [basename(paths.index)],
    async isNamed(_member, path) {
      const link = await readDocumentsLink(paths);
      if (link === undefined) return false;
      const matches = await withFile(path, async (handle) => {
        const source = await fileSource(handle);
        return source.size === link.index.bytes && (await hashSource(source)).sha256 === link.index.sha256;
      });
      return matches ?? false;
    },
  };
}

/** Reads the link of the current document file. */
export function readDocumentsLink(paths: StorePaths): Promise<StoreLink | undefined> {
  return withFile(paths.documents, async (handle) => readLink(await fileSource(handle)));
}

/** Runs `work` with a file opened for reading; undefined if there is no such file. */
async function withFile<T>(path: string, work: (handle: FileHandle) => Promise<T>): Promise<T | undefined> {
  let handle: FileHandle;
  try {
    handle = await openRegularFile(path);
  } catch (error) {
    // Anything but a file, such as a folder, has no link.
    if (isErrorCode(error, "ENOENT", "EINVAL", "EISDIR", "ELOOP")) return undefined;
    throw error;
  }
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}
