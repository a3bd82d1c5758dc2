import { basename, dirname, join } from "node:path";
import type { Files } from "../files/files.js";
import { isErrorCode } from "../files/is-error-code.js";
import { isLeftBehind } from "../files/remove-leftovers.js";
import { temporaryName, writerOf } from "../files/temporary-name.js";
import { holderId, lockName } from "./lock-name.js";

/** A lock that somebody holds. */
export interface SeenLock {
  /** The holder's file in the lock's folder; undefined if a file is in the folder's place. */
  readonly name: string | undefined;
  readonly touchedMs: number;
}

/** Error codes if a lock is held: its folder is not empty, or is not a folder. */
const HELD = ["ENOTEMPTY", "EEXIST", "ENOTDIR"];
/** Windows reports these also if the folder is empty; see {@link inspectLock}. */
const HELD_ON_WINDOWS = [...HELD, "EPERM", "EACCES"];

/**
 * Tries to take a lock. A lock is a folder with one file, whose name is unique to its holder. It is taken by a rename, which succeeds
 * only if the lock's folder is missing or empty, and released by removing the file by its name. So a process can never remove another's
 * lock by mistake, however late it is. An empty folder is a free lock.
 *
 * @returns whether the lock is taken now
 */
export async function takeLock(
  files: Files<unknown>,
  path: string,
  id: string,
  name = lockName(id),
): Promise<boolean> {
  const made = join(dirname(path), temporaryName(basename(path), id, ""));
  await files.makeFolder(made);
  try {
    await files.close(await files.create(join(made, name)));
    await files.rename(made, path);
    return true;
  } catch (error) {
    await removeLock(files, made, name);
    if (isErrorCode(error, ...(process.platform === "win32" ? HELD_ON_WINDOWS : HELD))) {
      return false;
    }
    throw error;
  }
}

/** Who holds a lock; undefined if nobody does. */
export async function inspectLock(files: Files<unknown>, path: string): Promise<SeenLock | undefined> {
  const entry = await files.inspect(path);
  if (entry === undefined) return undefined;
  if (!entry.isFolder) return { name: undefined, touchedMs: entry.touchedMs };
  const [name] = await ifThere(files.list(path), []);
  if (name === undefined) {
    // Free. Not every file system renames over an empty folder.
    await files.removeFolder(path).catch(() => undefined);
    return undefined;
  }
  const file = await files.inspect(join(path, name));
  return file && { name, touchedMs: file.touchedMs };
}

/** Releases a lock, or takes it away from its holder; does nothing if that holder no longer has it. */
export async function removeLock(
  files: Files<unknown>,
  path: string,
  name: string | undefined,
): Promise<void> {
  // Not a holder's name: somebody else's file, or one of an earlier version of this package.
  if (name === undefined) return ifThere(files.removeFile(path), undefined);
  await ifThere(files.removeFile(join(path, name)), undefined);
  // Somebody may hold it again.
  await files.removeFolder(path).catch(() => undefined);
}

/** Removes the folders of processes that were killed while they took a lock. Never fails. */
export async function removeUnfinishedLocks(files: Files<unknown>, path: string): Promise<void> {
  for (const entry of await files.list(dirname(path)).catch(() => [])) {
    const id = writerOf(entry, basename(path), "");
    if (id === undefined) continue;
    const made = join(dirname(path), entry);
    const seen = await files.inspect(made).catch(() => undefined);
    if (!seen?.isFolder || !isLeftBehind(id, seen.touchedMs)) continue;
    for (const name of await files.list(made).catch(() => [])) {
      if (holderId(name) === id) await files.removeFile(join(made, name)).catch(() => undefined);
    }
    await files.removeFolder(made).catch(() => undefined);
  }
}

async function ifThere<T>(promise: Promise<T>, fallback: T): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return fallback;
    throw error;
  }
}
