import { writeFileAtomically, writeFully } from "@secondpass/core/node";
import { checkWorkOptions } from "../checks/check-work-options.js";
import type { VectorIndex, WorkOptions } from "../contract/vector-index.js";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import { writeIndex } from "../indexes/write-index.js";

/**
 * Writes a FAISS index file of any size, in pieces. At any moment, even after a crash, the file is the old one or the whole
 * new one. Vectors on disk are copied from there.
 *
 * @param options aborting by `signal` keeps the old file
 * @example
 * await writeIndexFile("index.faiss", index); // Python: faiss.read_index("index.faiss")
 * @throws FileWriteError if the system reports an error, such as a full disk; UnsupportedOperationError for kinds that are only read
 */
export async function writeIndexFile(
  path: string,
  index: VectorIndex,
  options: Pick<WorkOptions, "signal"> = {},
): Promise<void> {
  if (typeof path !== "string" || path === "") throw new InvalidArgumentError("path", "a path", path);
  checkWorkOptions(options, "writeIndexFile", ["signal"]);
  const { signal } = options;
  signal?.throwIfAborted();
  await writeFileAtomically(path, async (handle) => {
    for await (const piece of writeIndex(index)) {
      signal?.throwIfAborted();
      await writeFully(handle, piece);
    }
  });
}
