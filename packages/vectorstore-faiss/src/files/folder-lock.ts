import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { StoreLockedError } from "../errors/store-locked-error.js";

/** A lock untouched for this long was left behind: its holder touches it every `HEARTBEAT_MS`. */
const STALE_MS = 60_000;
const HEARTBEAT_MS = 5_000;

/** Locks that this process holds. */
const held = new Set<string>();

/** Savers of this process that wait for one another, by lock file. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Runs `work` while no other saver, in this process or another, works on the same files. Savers of this process wait
 * for one another.
 * @throws StoreLockedError when another process saves at the moment
 */
export async function withFolderLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const before = queues.get(path) ?? Promise.resolve();
  const turn = before.then(() => locked(path, work));
  const settled = turn.then(
    () => undefined,
    () => undefined,
  );
  queues.set(path, settled);
  try {
    return await turn;
  } finally {
    if (queues.get(path) === settled) queues.delete(path);
  }
}

async function locked<T>(path: string, work: () => Promise<T>): Promise<T> {
  await acquire(path);
  held.add(path);
  const heartbeat = setInterval(() => {
    const now = new Date();
    // A lock that cannot be touched only looks stale earlier.
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    held.delete(path);
    await rm(path, { force: true });
  }
}

async function acquire(path: string): Promise<void> {
  if (await create(path)) return;
  const holder = await readHolder(path);
  if (!(await isStale(path, holder))) {
    throw new StoreLockedError(path, `process ${holder?.pid ?? "?"} on ${holder?.host ?? "some machine"}`);
  }
  await rm(path, { force: true });
  if (!(await create(path))) throw new StoreLockedError(path, "another process");
}

/** Whether the lock file could be made; false when there is one. */
async function create(path: string): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify({ pid: process.pid, host: hostname() }), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

interface Holder {
  readonly pid: number;
  readonly host: string;
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

async function isStale(path: string, holder: Holder | undefined): Promise<boolean> {
  const touched = await stat(path).catch(() => undefined);
  if (touched === undefined || Date.now() - touched.mtimeMs > STALE_MS) return true;
  if (holder?.host !== hostname()) return false;
  // Our own pid, but not our lock: a process of the same number died, as after a container's restart.
  return holder.pid === process.pid ? !held.has(path) : !isAlive(holder.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
