import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { InvalidOptionError } from "../../errors/invalid-option-error.js";
import { checkBoolean } from "../../options/check-boolean.js";
import { checkKnownOptions } from "../../options/check-known-options.js";
import { checkText } from "../../texts/check-text.js";
import { nodeFiles } from "./files.js";
import { replaceAtomically } from "./replace-atomically.js";

/** Options of {@link writeFileAtomically}. */
export interface AtomicWriteOptions {
  /** Whether the file is on the disk itself when the call resolves, not only in the system's cache. @default true */
  readonly durable?: boolean;
}

/**
 * Writes a file atomically: others see the old content or the complete new one, and a crash at any moment leaves one of the two.
 * Creates the folder if it is missing. The file's mode stays the same, and its owner as far as this process has permission. A link is
 * replaced, not followed. If `write` throws, nothing is left behind. Leftovers of killed processes are removed before the write, so that
 * they cannot keep a disk full.
 *
 * @param write content, or a function that writes it to an open file (read and write) of a unique temporary name in the same folder
 * @throws {InvalidOptionError} {@link UnknownOptionError}
 * @throws {FileWriteError} if the operating system reports an error: a full disk, a missing permission
 *
 * @example
 * await writeFileAtomically("cache/ref", "abc123");
 */
export async function writeFileAtomically(
  path: string,
  write: string | Uint8Array | ((handle: FileHandle) => Promise<void>),
  options: AtomicWriteOptions = {},
): Promise<void> {
  checkText(path, "path");
  if (typeof write !== "string" && typeof write !== "function" && !ArrayBuffer.isView(write))
    throw new InvalidOptionError("write", "the content, or a function that writes it", write);
  checkKnownOptions(options, ["durable"], "writeFileAtomically");
  const { durable = true } = options;
  checkBoolean("durable", durable);
  await replaceAtomically(path, async (temporary) => {
    await writeAndClose(await nodeFiles.create(temporary, [path]), write, durable);
  });
  if (durable) await nodeFiles.flushFolder(dirname(path));
}

async function writeAndClose(
  handle: FileHandle,
  write: Parameters<typeof writeFileAtomically>[1],
  durable: boolean,
): Promise<void> {
  let written = false;
  try {
    if (typeof write === "function") await write(handle);
    else await handle.writeFile(write);
    written = true;
  } finally {
    await (written && durable ? nodeFiles.closeDurably(handle) : nodeFiles.close(handle));
  }
}
