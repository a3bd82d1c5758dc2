import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Who holds a lock, as its file says. */
export interface LockHolder {
  /** Unique for each time a lock is taken. */
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  /** The process's start and, on Linux, its boot and PID namespace: tells it from another process of the same number. */
  readonly start: string;
  /** Where a process number means the same: host and, on Linux, boot and PID namespace. */
  readonly space: string;
}

/** This process, with a new token. */
export function newLockHolder(): LockHolder {
  const host = hostname();
  return {
    token: randomUUID(),
    pid: process.pid,
    host,
    start: startOf(process.pid),
    space: processSpace(host),
  };
}

/**
 * Whether a lock's holder still runs.
 * @returns undefined if this process cannot know: the holder is on another machine or in another container
 */
export function isAlive(holder: LockHolder): boolean | undefined {
  if (holder.space !== processSpace(hostname())) return undefined;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: another user's process.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  // A new process may have the number of one that died.
  const start = startOf(holder.pid);
  return start === "" || holder.start === "" || start === holder.start;
}

/** What a lock file says, or undefined if it is empty or not a lock of this form. */
export function parseLockHolder(text: string): LockHolder | undefined {
  try {
    const { token, pid, host, start = "", space = "" } = JSON.parse(text) as Partial<LockHolder>;
    if (typeof token !== "string" || typeof pid !== "number" || typeof host !== "string") return undefined;
    return { token, pid, host, start, space };
  } catch {
    return undefined;
  }
}

/** A process's start in clock ticks since boot: field 22 of /proc/PID/stat; "" on systems without /proc. */
function startOf(pid: number): string {
  const stat = readOr("", () => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The command's name, in parentheses, may hold spaces and parentheses itself.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function processSpace(host: string): string {
  const boot = readOr("", () => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  const namespace = readOr("", () => readlinkSync("/proc/self/ns/pid"));
  return `${host} ${boot} ${namespace}`;
}

function readOr<T>(fallback: T, read: () => T): T {
  try {
    return read();
  } catch {
    return fallback;
  }
}
