import { open } from "node:fs/promises";
import type { VectorIndex } from "../index/vector-index.js";
import { fileSource } from "./file-source.js";
import { readIndex } from "./read-index.js";

/**
 * Reads a FAISS index file of any size, in pieces, straight to where the vectors stay.
 * @throws FaissFormatError, UnsupportedIndexError; what `fs.open` throws
 */
export async function readIndexFile(path: string): Promise<VectorIndex> {
  const handle = await open(path, "r");
  try {
    return await readIndex(await fileSource(handle));
  } finally {
    await handle.close();
  }
}
