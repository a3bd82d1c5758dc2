import { FileLockedError, withFileLock } from "@secondpass/core/node";
import { StoreLockedError } from "../errors/store-locked-error.js";

/** A lock untouched for this long was left behind by a process that ended. */
const STALE_MS = 60_000;

/**
 * Runs `work` while no other saver, in this process or another, works on the same files. Savers of this process wait
 * for one another.
 * @throws StoreLockedError if another process is saving
 */
export async function withStoreLock(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await withFileLock(path, { whenHeld: "throw", staleMs: STALE_MS }, work);
  } catch (error) {
    throw error instanceof FileLockedError ? new StoreLockedError(path, error.holder) : error;
  }
}
