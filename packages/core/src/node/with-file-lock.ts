import { mkdir, open, readFile, rm, stat, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { delay } from "../scheduling/delay.js";
import { raceWithSignal } from "../scheduling/race-with-signal.js";
import { FileLockedError } from "./file-locked-error.js";
import { isErrorCode } from "./is-error-code.js";
import { isAlive, type LockHolder, newLockHolder, parseLockHolder } from "./lock-holder.js";

/** A live holder touches its lock file this often. */
const HEARTBEAT_MS = 2_000;
/** A lock untouched for this long has no holder, on this machine or (shared folders) on another. */
const DEFAULT_STALE_MS = 20_000;
/** Mean time between looks at a lock that another process holds. */
const POLL_MS = 100;

/** Options of {@link withFileLock}. */
export interface FileLockOptions {
  /** If another process holds the lock: wait for it, or throw a {@link FileLockedError}. @default "wait" */
  readonly whenHeld?: "wait" | "throw";
  /** Called after each wait. If it resolves to true, there is nothing left to do: the work is not run. */
  readonly isDone?: () => Promise<boolean>;
  /** Age in milliseconds from which an untouched lock counts as left behind. @default 20000 */
  readonly staleMs?: number;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
}

/** Callers of this process that wait for one another, by lock file. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Runs work while no other caller, in this process or another, runs work under the same lock file. Callers of this process wait for
 * one another, first come, first served. The lock of a process that has died is taken over at once if that can be known, else when it
 * has not been touched for `staleMs`.
 *
 * @param path the lock file; its folder is made if it is missing
 * @returns the work's result, or undefined if `isDone` said that there is nothing left to do
 * @throws {FileLockedError} if another process holds the lock and `whenHeld` is "throw"
 * @throws the signal's reason if it is aborted while waiting
 *
 * @example
 * await withFileLock("store/index.lock", {}, () => save(store));
 */
export async function withFileLock<T>(
  path: string,
  options: FileLockOptions,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const before = queues.get(path);
  const turn = (before ?? Promise.resolve()).then(async () => {
    options.signal?.throwIfAborted();
    if (before && (await options.isDone?.())) return undefined;
    return locked(path, options, work);
  });
  const settled = turn.then(
    () => undefined,
    () => undefined,
  );
  queues.set(path, settled);
  settled.then(() => {
    if (queues.get(path) === settled) queues.delete(path);
  });
  // Only the wait for this process's other callers ends early: work that has begun ends by itself.
  if (before) await raceWithSignal(before, options.signal);
  return turn;
}

async function locked<T>(
  path: string,
  options: FileLockOptions,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const { whenHeld = "wait", isDone, staleMs = DEFAULT_STALE_MS, signal } = options;
  await mkdir(dirname(path), { recursive: true });
  const own = newLockHolder();
  while (!(await create(path, own))) {
    const seen = await look(path);
    if (seen === undefined) continue; // Released just now.
    const leftBehind = isLeftBehind(seen, staleMs);
    if (!leftBehind || !(await removeLeftBehind(path, seen, staleMs))) {
      // If its holder is dead, another process is taking it over.
      if (whenHeld === "throw") throw new FileLockedError(path, nameOf(leftBehind ? undefined : seen.holder));
      await delay(POLL_MS * (0.5 + Math.random()), signal);
    }
    if (await isDone?.()) return undefined;
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    // A lock that cannot be touched only looks left behind earlier.
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await release(path, own);
  }
}

/** Makes the lock file. @returns false if there is one */
async function create(path: string, own: LockHolder): Promise<boolean> {
  try {
    const handle = await open(path, "wx");
    try {
      await handle.writeFile(JSON.stringify(own));
    } catch (error) {
      // A full disk: an empty lock would keep everybody out until it is stale.
      await rm(path, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    // EPERM: it is being deleted, on Windows.
    if (isErrorCode(error, "EEXIST") || (process.platform === "win32" && isErrorCode(error, "EPERM"))) {
      return false;
    }
    throw error;
  }
}

/** A lock file as somebody else left it. */
interface SeenLock {
  /** The file's whole text: it tells one holding of the lock from the next. */
  readonly text: string;
  readonly holder: LockHolder | undefined;
  readonly ageMs: number;
}

async function look(path: string): Promise<SeenLock | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, "utf8"), stat(path)]);
    return { text, holder: parseLockHolder(text), ageMs: Date.now() - mtimeMs };
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function isLeftBehind({ holder, ageMs }: SeenLock, staleMs: number): boolean {
  if (ageMs > staleMs) return true;
  return holder !== undefined && isAlive(holder) === false;
}

/**
 * Removes a lock that was left behind, unless somebody else does. Of all processes that saw the same lock, one makes the file that
 * gives the right to remove it; and it removes that lock only if it is still the one that it saw, so that a lock taken since stays.
 */
async function removeLeftBehind(path: string, seen: SeenLock, staleMs: number): Promise<boolean> {
  const claim = `${path}.${seen.holder?.token ?? "unknown"}.takeover`;
  const own = newLockHolder();
  if (!(await create(claim, own))) {
    // Whoever claimed it may have died, too.
    const other = await look(claim);
    if (other === undefined || !isLeftBehind(other, staleMs)) return false;
    await rm(claim, { force: true });
    return removeLeftBehind(path, seen, staleMs);
  }
  try {
    const [now, claimed] = [await look(path), await look(claim)];
    if (now?.text !== seen.text || !isLeftBehind(now, staleMs) || claimed?.holder?.token !== own.token) {
      return false;
    }
    await rm(path, { force: true });
    return true;
  } finally {
    await release(claim, own);
  }
}

/** Removes the own lock; not one that another process took because it thought this one dead. */
async function release(path: string, own: LockHolder): Promise<void> {
  const now = await look(path).catch(() => undefined);
  if (now?.holder?.token === own.token) await rm(path, { force: true });
}

function nameOf(holder: LockHolder | undefined): string {
  return holder === undefined ? "another process" : `process ${holder.pid} on ${holder.host}`;
}
