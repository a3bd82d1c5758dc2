import { type FileHandle, open } from "node:fs/promises";
import type { VectorIndex } from "../contract/vector-index.js";
import { IndexFileError } from "../errors/index-file-error.js";
import { readIndex } from "../indexes/read-index.js";
import { fileSource } from "../io/file-source.js";

/**
 * Reads a FAISS index file of any size, in pieces, straight to where the vectors stay.
 * @throws IndexFileError when there is no such file, or it cannot be opened; FaissFormatError, UnsupportedIndexError
 */
export async function readIndexFile(path: string): Promise<VectorIndex> {
  const handle = await openFile(path);
  try {
    return await readIndex(await fileSource(handle));
  } finally {
    await handle.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, "r");
    if ((await handle.stat()).isFile()) return handle;
  } catch (error) {
    await handle?.close();
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const advice =
      "there is no such file. `writeIndex` here, or `faiss.write_index` in Python, makes one; relative paths start " +
      "at the folder in which the program was started.";
    throw new IndexFileError(path, isMissing ? advice : String(error), { cause: error });
  }
  await handle.close();
  throw new IndexFileError(
    path,
    "it is no file. A folder that holds a store is opened by `FaissStore.load`.",
  );
}
