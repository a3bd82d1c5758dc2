import { type FileLease, FileLockedError, FileLockLostError, withFileLock } from "@secondpass/core/node";
import { StoreLockedError } from "../errors/store-locked-error.js";

/** A lock untouched for this long was left behind by a process that ended, or that stands still. */
const STALE_MS = 60_000;

/**
 * Runs `work` while no other saver, in this process or another, works on the same files. Savers of this process wait
 * for one another.
 * @throws StoreLockedError if another process is saving, or took the lock over while this one stood still
 */
export async function withStoreLock(path: string, work: (lease: FileLease) => Promise<void>): Promise<void> {
  try {
    await withFileLock(path, { whenHeld: "throw", staleMs: STALE_MS }, work);
  } catch (error) {
    if (FileLockedError.isInstance(error)) throw new StoreLockedError(path, error.holder);
    if (FileLockLostError.isInstance(error)) {
      throw new StoreLockedError(path, "another process, which took it over while this one stood still,");
    }
    throw error;
  }
}
