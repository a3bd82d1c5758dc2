import { open, stat } from "node:fs/promises";
import type { VectorIndex } from "../contract/vector-index.js";
import { IndexFileError } from "../errors/index-file-error.js";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import { checkReadOptions, type ReadIndexOptions, readIndex } from "../indexes/read-index.js";
import { fileSource } from "../io/file-source.js";
import { type SharedFile, shareFile } from "../io/shared-file.js";

/** Reason and advice, by the system's error code. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOENT:
    "there is no such file. `writeIndex` here, or `faiss.write_index` in Python, writes one; relative paths start " +
    "at the folder in which the program was started.",
  ENOTDIR: "a part of the path is not a folder.",
  EACCES: "no permission to read it. Check its mode and that of its folders.",
  EPERM: "no permission to read it. Check its mode and that of its folders.",
  EMFILE: "this process has too many open files.",
  ELOOP: "its symbolic links form a loop.",
  ENAMETOOLONG: "its name is too long.",
};

/**
 * Reads a FAISS index file of any size, in pieces, directly to the memory of the index.
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
    // Check before opening, because opening a pipe waits for a writer.
    if (!(await stat(path)).isFile()) {
      throw new IndexFileError(
        path,
        "it is not a file. To open a folder with a store, use `FaissStore.load`.",
      );
    }
    const handle = await open(path, "r");
    file = await shareFile(handle, path);
    return await readIndex(await fileSource(handle, file), options);
  } catch (error) {
    // Errors of the system have a code; throw others unchanged.
    const code = (error as NodeJS.ErrnoException | undefined)?.code;
    if (typeof code !== "string") throw error;
    throw new IndexFileError(path, ADVICE[code] ?? String(error), { cause: error });
  } finally {
    await file?.release();
  }
}
