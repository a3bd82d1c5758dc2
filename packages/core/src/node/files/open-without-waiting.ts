import { constants, type FileHandle, open } from "node:fs/promises";
import { checkText } from "../../texts/check-text.js";

/**
 * Opens a path to read, without waiting: opening a pipe does not block a thread of Node's pool until somebody writes to it.
 * @throws {InvalidOptionError} if `path` is not a string
 * @throws the operating system's error
 */
export async function openWithoutWaiting(path: string): Promise<FileHandle> {
  checkText(path, "path");
  // Windows has no such flag, and no pipes in folders.
  return open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
}
