import { randomUUID } from "node:crypto";
import { type FileHandle, lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { flushFolder } from "./flush-folder.js";

/** Options of {@link writeFileAtomically}. */
export interface AtomicWriteOptions {
  /** Whether the file is on the disk itself when the call resolves, not only in the system's cache. @default true */
  readonly durable?: boolean;
}

/**
 * Writes a file so that others see the old content or the whole new one, and a crash at any moment leaves one of the two.
 * The folder is made if it is missing. The file's mode and, as far as this process may, its owner stay as they are. A link is
 * replaced, not followed. If `write` throws, nothing is left behind.
 *
 * @param write content, or a function that writes it to an open file (read and write) of a unique temporary name in the same folder
 *
 * @example
 * await writeFileAtomically("cache/ref", "abc123");
 */
export async function writeFileAtomically(
  path: string,
  write: string | Uint8Array | ((handle: FileHandle) => Promise<void>),
  { durable = true }: AtomicWriteOptions = {},
): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  // Exclusive: a name that somebody planted, as a link to elsewhere, fails.
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, "wx+");
    try {
      await copyAccess(path, handle);
      if (typeof write === "function") await write(handle);
      else await handle.writeFile(write);
      if (durable) await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  if (durable) await flushFolder(folder);
}

/** Gives the new file the old one's owner and mode, before there is anything in it to read. */
async function copyAccess(path: string, handle: FileHandle): Promise<void> {
  const old = await lstat(path).catch(() => undefined);
  if (!old?.isFile()) return;
  const made = await handle.stat();
  // Only root may give a file away; a member may pass on its group.
  if (made.uid !== old.uid || made.gid !== old.gid) {
    await handle.chown(old.uid, old.gid).catch(() => handle.chown(made.uid, old.gid).catch(() => undefined));
  }
  // A change of owner clears the set-id bits: the mode comes last.
  await handle.chmod(old.mode & 0o7777).catch(() => undefined);
}
