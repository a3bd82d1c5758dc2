import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * Whose a file is, as its name says: `random-pid-start-space`. Names instead of contents, because a name is there from the first
 * moment and needs no room on a full disk.
 */
const WRITER_ID = /^[0-9a-f]{16}-(\d+)-(\d*)-([0-9a-f]{12})$/;

/** {@link WRITER_ID}, to look for it inside names. */
export const WRITER_ID_PATTERN = WRITER_ID.source.slice(1, -1).replaceAll(/\((?!\?)/g, "(?:");

/** A name of this process that nobody had before: the random part tells one file, or one holding of a lock, from the next. */
export function newWriterId(): string {
  ownStart ??= startOf(process.pid);
  return `${randomBytes(8).toString("hex")}-${process.pid}-${ownStart}-${processSpace()}`;
}

/** A writer's process number; undefined if the text is not an id of a writer. */
export function writerPid(id: string): number | undefined {
  const pid = WRITER_ID.exec(id)?.[1];
  return pid === undefined ? undefined : Number(pid);
}

/**
 * Whether a writer's process still runs.
 * @returns undefined if this process cannot know: the writer is on another machine or in another container, or the text is no id
 */
export function isAlive(id: string): boolean | undefined {
  const [, pid, start, space] = WRITER_ID.exec(id) ?? [];
  if (pid === undefined || space !== processSpace()) return undefined;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // EPERM: another user's process.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  // A new process may have the number of one that died.
  const startNow = startOf(Number(pid));
  return startNow === "" || start === "" || startNow === start;
}

/** A process's start in clock ticks since boot: field 22 of /proc/PID/stat; "" where /proc is missing, or of another PID namespace. */
function startOf(pid: number): string {
  if (readOr("", () => readlinkSync("/proc/self")) !== String(process.pid)) return "";
  // In parts: what traces the files of a deployment would take a path with a variable for every process's file.
  const stat = readOr("", () => readFileSync(["", "proc", pid, "stat"].join("/"), "utf8"));
  // The command's name, in parentheses, may hold spaces and parentheses itself.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

let ownStart: string | undefined;
let ownSpace: string | undefined;

function processSpace(): string {
  ownSpace ??= findProcessSpace();
  return ownSpace;
}

/** Where a process's number and start mean the same: host and, on Linux, boot and the namespaces of processes and of clocks. */
function findProcessSpace(): string {
  const boot = readOr("", () => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  const processes = readOr("", () => readlinkSync("/proc/self/ns/pid"));
  const clocks = readOr("", () => readlinkSync("/proc/self/ns/time"));
  return createHash("sha256")
    .update(`${hostname()} ${boot} ${processes} ${clocks}`)
    .digest("hex")
    .slice(0, 12);
}

function readOr<T>(fallback: T, read: () => T): T {
  try {
    return read();
  } catch {
    return fallback;
  }
}
