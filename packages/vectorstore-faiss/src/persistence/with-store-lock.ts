import { type FileLease, FileLockedError, FileLockLostError, withFileLock } from "@secondpass/core/node";
import { StoreLockedError } from "../errors/store-locked-error.js";

/** A lock untouched for this long was left behind by a process that has ended or is suspended. */
const STALE_MS = 60_000;

/**
 * Runs `work` while no other save, in this process or another, changes the same files. Saves of this process wait
 * for each other.
 * @throws StoreLockedError if another process is saving, or took the lock over while this one was suspended
 */
export async function withStoreLock(path: string, work: (lease: FileLease) => Promise<void>): Promise<void> {
  try {
    await withFileLock(path, { whenHeld: "throw", staleMs: STALE_MS }, work);
  } catch (error) {
    if (FileLockedError.isInstance(error)) throw new StoreLockedError(path, error.holder);
    if (FileLockLostError.isInstance(error)) {
      throw new StoreLockedError(path, "another process, which took it over while this one was suspended,");
    }
    throw error;
  }
}
