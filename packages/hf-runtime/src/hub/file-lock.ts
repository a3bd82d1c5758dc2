import { mkdir, open, readFile, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { isCode } from "../errors/is-code.js";
import { wait } from "./wait.js";

/** A live holder touches its lock this often… */
const HEARTBEAT_MS = 2_000;
/** …so one untouched for this long belongs to nobody, on this machine or (shared caches) on another. */
const STALE_MS = 20_000;
const POLL_MS = 100;

/**
 * Runs a job while holding a lock file, so that of several processes one downloads and the others wait for the result.
 * It saves work and is not needed for safety: were two to hold it, each would still write files of its own and rename
 * them when whole.
 * @param done asked while waiting: true when there is nothing left to do, and then the job is not run
 */
export async function withFileLock<T>(
  path: string,
  done: () => Promise<boolean>,
  job: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  await mkdir(dirname(path), { recursive: true });
  while (!(await acquire(path))) {
    if (await isAbandoned(path)) await rm(path, { force: true });
    else await wait(POLL_MS * (0.5 + Math.random()), signal);
    if (await done()) return undefined;
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {}); // Taken away by hand: the job goes on without it.
  }, HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await job();
  } finally {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  }
}

async function acquire(path: string): Promise<boolean> {
  try {
    const file = await open(path, "wx");
    await file.writeFile(`${hostname()} ${process.pid}`);
    await file.close();
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST") || isCode(error, "EPERM")) return false; // EPERM: being deleted, on Windows.
    throw error;
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const [holder, { mtimeMs }] = await Promise.all([readFile(path, "utf8"), stat(path)]);
    if (Date.now() - mtimeMs > STALE_MS) return true;
    const [host, pid] = holder.split(" ");
    return host === hostname() && pid !== undefined && !isAlive(Number(pid));
  } catch {
    return false; // Given back just now.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, "EPERM"); // Another user's process.
  }
}
