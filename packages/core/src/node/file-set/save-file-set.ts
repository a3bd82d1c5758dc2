import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { checkCallback } from "../../options/check-callback.js";
import { checkHasMethod } from "../../options/check-has-method.js";
import { checkText } from "../../texts/check-text.js";
import { asWriteError } from "../files/as-write-error.js";
import { FileWriteError } from "../files/file-write-error.js";
import { type Files, nodeFiles } from "../files/files.js";
import { isErrorCode } from "../files/is-error-code.js";
import { newWriterId } from "../files/new-writer-id.js";
import { FileLockLostError } from "../lock/file-lock-lost-error.js";
import type { FileLease } from "../lock/hold-lock.js";
import { checkFileSet } from "./check-file-set.js";
import type { FileSet } from "./file-set.js";
import { nextName } from "./next-name.js";
import { settleFileSet } from "./settle-file-set.js";

/** The new files of a set, open to be written and read. */
export interface NewFileSet<File = FileHandle> {
  readonly head: File;
  /** In the order of `FileSet.members`. */
  readonly members: readonly File[];
}

type WriteFileSet<File> = (files: NewFileSet<File>) => Promise<() => Promise<boolean>>;

/**
 * Replaces all files of a set atomically: a crash at any moment leaves the old set or the new one. Readers that find members by
 * `memberPaths` see a whole set also during a save. Call it under a lock, with the lock's lease: of two savers, one then throws
 * instead of being overwritten. Without a lock, or if the lock fails, the set is still whole.
 *
 * 1. Make the new head under a unique name, then the members; write all, and flush them to disk.
 * 2. Rename the new head to its own name: **the commit**.
 * 3. Remove the old members, then rename the new ones to their own names.
 *
 * A process that takes the lock over removes the new head first, so that the previous holder can no longer commit.
 * File modes stay the same, and owners as far as this process has permission. Links are replaced, not followed.
 *
 * @param lockPath path of the lock, for error messages
 * @param write writes all files; if it throws, nothing has changed. Returns a function that says whether the current head names
 * the members that were written: without a lock, another saver may have replaced it meanwhile
 * @throws {InvalidOptionError} if an argument has another type
 * @throws {FileWriteError} if the operating system reports an error
 * @throws {FileLockLostError} if another process took the lock over; nothing has changed
 */
export async function saveFileSet<File = FileHandle>(
  set: FileSet,
  lockPath: string,
  lease: FileLease,
  write: WriteFileSet<File>,
  files: Files<File> = nodeFiles as unknown as Files<File>,
): Promise<void> {
  checkFileSet(set);
  checkText(lockPath, "lockPath");
  checkHasMethod("lease", lease, ["check"], "a lease, as withFileLock gives");
  checkCallback("write", write);
  const pathOf = (name: string) => join(set.folder, name);
  try {
    await checkNames(set, files);
    await settleFileSet(set, "end", files);
    const id = newWriterId();
    const isNamed = await writeNext(set, id, write, files);
    const next = pathOf(nextName(set.head, id));
    try {
      await lease.check();
      await files.rename(next, pathOf(set.head));
    } catch (error) {
      // Head first: without it the members can be removed.
      for (const name of [set.head, ...set.members]) await removeQuietly(files, pathOf(nextName(name, id)));
      throw isErrorCode(error, "ENOENT") ? new FileLockLostError(lockPath) : error;
    }
    await settleFileSet(set, "keep", files, { id, isNamed });
    await files.flushFolder(set.folder);
  } catch (error) {
    throw asWriteError(error, pathOf(set.head));
  }
}

/** Throws if a folder has the name of a file, before anything is written. */
async function checkNames(set: FileSet, files: Files<unknown>): Promise<void> {
  for (const name of [set.head, ...set.members]) {
    const path = join(set.folder, name);
    if (!(await files.inspect(path))?.isFolder) continue;
    throw new FileWriteError(path, Object.assign(new Error("is a folder"), { code: "EISDIR" }));
  }
}

async function writeNext<File>(
  set: FileSet,
  id: string,
  write: WriteFileSet<File>,
  files: Files<File>,
): Promise<() => Promise<boolean>> {
  const names = [set.head, ...set.members];
  const open: File[] = [];
  try {
    for (const name of names) {
      // A new file gets the mode and owner of the others.
      const like = [name, ...names].map((other) => join(set.folder, other));
      open.push(await files.create(join(set.folder, nextName(name, id)), like));
    }
    const isNamed = await write({ head: open[0]!, members: open.slice(1) });
    while (open.length > 0) await files.closeDurably(open.pop()!);
    await files.flushFolder(set.folder);
    return isNamed;
  } catch (error) {
    for (const file of open) await files.close(file).catch(() => undefined);
    for (const name of names) await removeQuietly(files, join(set.folder, nextName(name, id)));
    throw error;
  }
}

async function removeQuietly(files: Files<unknown>, path: string): Promise<void> {
  await files.removeFile(path).catch(() => undefined);
}
