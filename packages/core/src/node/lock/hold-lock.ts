import { join } from "node:path";
import { asWriteError } from "../files/as-write-error.js";
import type { Files } from "../files/files.js";
import { newWriterId } from "../files/new-writer-id.js";
import { FileLockLostError } from "./file-lock-lost-error.js";
import { FileLockedError } from "./file-locked-error.js";
import { holderId, holderText, lockName } from "./lock-name.js";
import { inspectLock, removeLock, removeUnfinishedLocks, type SeenLock, takeLock } from "./take-lock.js";

/** Proof that the caller holds a lock, for as long as `check` does not throw. */
export interface FileLease {
  /** Call it right before a step that only the holder may do. @throws {FileLockLostError} if another process took the lock over */
  check(): Promise<void>;
}

/** Dependencies of a lock, which tests replace. */
export interface LockDependencies {
  readonly files: Files<unknown>;
  /** Whether a lock's holder is dead or paused, is suspected to be, or is alive. */
  judge(seen: SeenLock): "dead" | "suspected" | "alive";
  /** Waits before the lock is inspected again. */
  pause(): Promise<void>;
  /** Calls `touch` regularly until the returned function is called. */
  keepTouching(touch: () => Promise<void>): () => void;
}

/** How often taking a lock that looked free may fail because another process was faster. */
const MAX_TRIES = 1000;

/**
 * Takes a lock, runs work, and releases the lock. See `withFileLock`.
 * @param isDone called after each wait; if it resolves to true, the work is not run
 */
export async function holdLock<T>(
  path: string,
  {
    whenHeld,
    isDone,
  }: { readonly whenHeld: "wait" | "throw"; readonly isDone?: (() => Promise<boolean>) | undefined },
  dependencies: LockDependencies,
  work: (lease: FileLease) => Promise<T>,
): Promise<T | undefined> {
  const { files, judge, pause } = dependencies;
  const id = newWriterId();
  const name = lockName(id);
  try {
    for (let tries = 0; ; ) {
      const seen = await inspectLock(files, path);
      if (seen === undefined) {
        if (await takeLock(files, path, id, name)) break;
        if (++tries > MAX_TRIES) throw new FileLockedError(path, holderText(undefined));
        continue;
      }
      // A folder with other files: it is not a lock, and must not be removed.
      if (seen.name !== undefined && holderId(seen.name) === undefined) {
        throw new FileLockedError(path, `the file "${seen.name}", which is not a lock file,`);
      }
      const state = judge(seen);
      if (state === "dead") {
        await removeLock(files, path, seen.name);
        continue;
      }
      if (whenHeld === "throw" && state === "alive") throw new FileLockedError(path, holderText(seen.name));
      await pause();
      if (await isDone?.()) return undefined;
    }
  } catch (error) {
    throw asWriteError(error, path);
  }
  const file = join(path, name);
  const stop = dependencies.keepTouching(() => files.touch(file));
  try {
    await removeUnfinishedLocks(files, path);
    return await work({
      check: async () => {
        if ((await files.inspect(file)) === undefined) throw new FileLockLostError(path);
      },
    });
  } finally {
    stop();
    await removeLock(files, path, name).catch(() => undefined);
  }
}
