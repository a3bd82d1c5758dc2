import { open, stat } from "node:fs/promises";
import type { VectorIndex } from "../contract/vector-index.js";
import { IndexFileError } from "../errors/index-file-error.js";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import { checkReadOptions, type ReadIndexOptions, readIndex } from "../indexes/read-index.js";
import { fileSource } from "../io/file-source.js";
import { type SharedFile, shareFile } from "../io/shared-file.js";

/** What to do, by the system's error code. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOENT:
    "there is no such file. `writeIndex` here, or `faiss.write_index` in Python, makes one; relative paths start " +
    "at the folder in which the program was started.",
  ENOTDIR: "a part of the path is no folder.",
  EACCES: "no permission to read it. Check its mode and that of its folders.",
  EPERM: "no permission to read it. Check its mode and that of its folders.",
  EMFILE: "this process has too many open files.",
  ELOOP: "its links lead in a circle.",
  ENAMETOOLONG: "its name is too long.",
};

/**
 * Reads a FAISS index file of any size, in pieces, straight to where the vectors stay.
 *
 * @example
 * const index = await readIndexFile("refined.faiss", { rowsOnDisk: true }); // codes in memory, vectors in the file
 * @throws IndexFileError if there is no such file, or it cannot be opened or read; FaissFormatError, UnsupportedIndexError,
 * MemoryLimitError
 */
export async function readIndexFile(path: string, options: ReadIndexOptions = {}): Promise<VectorIndex> {
  if (typeof path !== "string") throw new InvalidArgumentError("path", "a string", path);
  checkReadOptions(options, "readIndexFile");
  let file: SharedFile | undefined;
  try {
    // Before it is opened: to open a pipe waits for somebody who writes.
    if (!(await stat(path)).isFile()) {
      throw new IndexFileError(
        path,
        "it is no file. A folder that holds a store is opened by `FaissStore.load`.",
      );
    }
    const handle = await open(path, "r");
    file = await shareFile(handle, path);
    return await readIndex(await fileSource(handle, file), options);
  } catch (error) {
    // Node's errors have a code.
    const code = (error as NodeJS.ErrnoException | undefined)?.code;
    if (typeof code !== "string") throw error;
    throw new IndexFileError(path, ADVICE[code] ?? String(error), { cause: error });
  } finally {
    await file?.release();
  }
}
