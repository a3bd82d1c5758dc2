import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { checkCallOptions } from "../../options/check-call-options.js";
import { checkCallback } from "../../options/check-callback.js";
import { checkFunction } from "../../options/check-function.js";
import { checkNumber } from "../../options/check-number.js";
import { checkObject } from "../../options/check-object.js";
import { checkOneOf } from "../../options/check-one-of.js";
import { checkOptionValues, type OptionCheck } from "../../options/check-option-values.js";
import { delay } from "../../scheduling/delay.js";
import { raceWithSignal } from "../../scheduling/race-with-signal.js";
import { checkText } from "../../texts/check-text.js";
import { asWriteError } from "../files/as-write-error.js";
import { nodeFiles } from "../files/files.js";
import { makeFolders } from "../files/make-folders.js";
import { isAlive } from "../files/new-writer-id.js";
import { type FileLease, holdLock } from "./hold-lock.js";
import { holderId } from "./lock-name.js";
import { HEARTBEAT_MS, LockWatch } from "./lock-watch.js";

const DEFAULT_STALE_MS = 20_000;
/** Mean time between two checks of a lock that another process holds. */
const POLL_MS = 100;

/** Options of {@link withFileLock}. */
export interface FileLockOptions {
  /** What to do if another process holds the lock: wait for it, or throw a {@link FileLockedError}. @default "wait" */
  readonly whenHeld?: "wait" | "throw";
  /** Called after each wait. If it resolves to true, the work is no longer needed and does not run. */
  readonly isDone?: () => Promise<boolean>;
  /** Age in milliseconds from which an untouched lock counts as left behind. @default 20000 */
  readonly staleMs?: number;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
}

const CHECKS: Readonly<Record<keyof FileLockOptions, OptionCheck>> = {
  whenHeld: (name, value) => checkOneOf(name, value, ["wait", "throw"]),
  isDone: checkFunction,
  staleMs: checkNumber,
  signal: () => undefined,
};

type Queues = Map<string, Promise<unknown>>;

/** Callers of this process that wait for one another, by the lock's path as they gave it: first come, first served. */
const queuesByName: Queues = new Map();
/** By the lock's real path: a folder may have several names. */
const queuesByPlace: Queues = new Map();

/**
 * Runs work under a lock: no other caller, in this process or another, runs work under the same lock meanwhile. Callers of this
 * process wait for one another, first come, first served. The lock of a process that is known to be dead is taken over immediately.
 * Any other lock is taken over if it has not been touched for `staleMs`. If its holder was only paused, the holder's `lease.check()`
 * throws later, and it cannot remove the new holder's lock.
 *
 * @param path the lock: a folder with one file in it while somebody holds it. Its parent folder is created if it is missing
 * @param work the work; call `lease.check()` right before a step that only the holder of the lock may do
 * @returns the work's result, or undefined if `isDone` resolved to true
 * @throws {InvalidOptionError} {@link UnknownOptionError}
 * @throws {FileLockedError} if another process holds the lock and `whenHeld` is "throw"
 * @throws {FileWriteError} if the lock cannot be made: a full disk, a missing permission
 * @throws the signal's reason if it is aborted while waiting
 *
 * @example
 * await withFileLock("store/index.lock", {}, () => save(store));
 */
export async function withFileLock<T>(
  path: string,
  options: FileLockOptions,
  work: (lease: FileLease) => Promise<T>,
): Promise<T | undefined> {
  checkText(path, "path");
  checkObject("options", options, "an object of options of withFileLock");
  checkCallOptions(options, "withFileLock", Object.keys(CHECKS));
  checkOptionValues(options, CHECKS);
  checkCallback("work", work);
  return inTurn(queuesByName, resolve(path), options, async () => {
    let place: string;
    try {
      await makeFolders(dirname(path));
      place = join(await realpath(dirname(path)), basename(path));
    } catch (error) {
      throw asWriteError(error, path);
    }
    return inTurn(queuesByPlace, place, options, () => locked(path, options, work));
  });
}

async function inTurn<T>(
  queues: Queues,
  key: string,
  { signal, isDone }: FileLockOptions,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const before = queues.get(key);
  const turn = (before ?? Promise.resolve()).then(async () => {
    signal?.throwIfAborted();
    if (before && (await isDone?.())) return undefined;
    return work();
  });
  const settled = turn.then(
    () => undefined,
    () => undefined,
  );
  queues.set(key, settled);
  settled.then(() => {
    if (queues.get(key) === settled) queues.delete(key);
  });
  // The signal ends only the wait for this process's other callers; work that has started runs to its end.
  if (before) await raceWithSignal(before, signal);
  return turn;
}

function locked<T>(
  path: string,
  { whenHeld = "wait", isDone, staleMs = DEFAULT_STALE_MS, signal }: FileLockOptions,
  work: (lease: FileLease) => Promise<T>,
): Promise<T | undefined> {
  const watch = new LockWatch(staleMs, (name) => isAlive(holderId(name) ?? ""));
  return holdLock(
    path,
    { whenHeld, isDone },
    {
      files: nodeFiles,
      judge: (seen) => watch.judge(seen),
      pause: () => delay(POLL_MS * (0.5 + Math.random()), signal),
      keepTouching(touch) {
        // A lock that cannot be touched only looks left behind earlier.
        const heartbeat = setInterval(() => touch().catch(() => undefined), HEARTBEAT_MS);
        heartbeat.unref();
        return () => clearInterval(heartbeat);
      },
    },
    work,
  );
}
