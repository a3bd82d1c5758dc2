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

/** What the operating system says if a lock is held: its folder is not empty, or no folder. */
const HELD = ["ENOTEMPTY", "EEXIST", "ENOTDIR"];
/** On Windows also if the folder is empty; see {@link lookAtLock}. */
const HELD_ON_WINDOWS = [...HELD, "EPERM", "EACCES"];

/**
 * A lock is a folder with one file in it, which has its holder's unique name. It appears by a rename, which succeeds only if the lock's
 * folder is missing or empty. The lock is let go by removing the file, by its name: nobody can remove another's lock by mistake,
 * whenever and however late it does. An empty folder is a free lock.
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
export async function lookAtLock(files: Files<unknown>, path: string): Promise<SeenLock | undefined> {
  const entry = await files.look(path);
  if (entry === undefined) return undefined;
  if (!entry.isFolder) return { name: undefined, touchedMs: entry.touchedMs };
  const [name] = await ifThere(files.list(path), []);
  if (name === undefined) {
    // Free. Not every file system renames over an empty folder.
    await files.removeFolder(path).catch(() => undefined);
    return undefined;
  }
  const file = await files.look(join(path, name));
  return file && { name, touchedMs: file.touchedMs };
}

/** Lets a lock go, or takes it away from its holder; does nothing if that one holds it no longer. */
export async function removeLock(
  files: Files<unknown>,
  path: string,
  name: string | undefined,
): Promise<void> {
  // Of a name that is no holder's: a file of somebody else, or of an earlier version of this package.
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
    const seen = await files.look(made).catch(() => undefined);
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
