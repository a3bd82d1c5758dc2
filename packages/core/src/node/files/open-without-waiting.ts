import { constants, type FileHandle, open } from "node:fs/promises";

/** Opens whatever is there to read. A pipe does not hold a thread of Node's pool until somebody writes to it. */
export function openWithoutWaiting(path: string): Promise<FileHandle> {
  // Windows has no such flag, and no pipes in folders.
  return open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
}
