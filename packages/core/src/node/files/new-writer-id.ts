import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * Id of the writer of a file, as a part of the file's name: `random-pid-start-space`. It is in the name, not in the content, because
 * a name exists from the first moment and needs no room on a full disk.
 */
const WRITER_ID = /^[0-9a-f]{16}-(\d+)-(\d*)-([0-9a-f]{12})$/;

/** {@link WRITER_ID}, to look for it inside names. */
export const WRITER_ID_PATTERN = WRITER_ID.source.slice(1, -1).replaceAll(/\((?!\?)/g, "(?:");

/** A new unique id of this process; each file, and each time a lock is taken, gets a new random part. */
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
 * @returns undefined if this process cannot know: the writer is on another machine or in another container, or the text is not an id
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
  // A new process may have the number of a process that died.
  const startNow = startOf(Number(pid));
  return startNow === "" || start === "" || startNow === start;
}

/** A process's start in clock ticks since boot: field 22 of /proc/PID/stat; "" if /proc is missing or belongs to another PID namespace. */
function startOf(pid: number): string {
  if (readOr("", () => readlinkSync("/proc/self")) !== String(process.pid)) return "";
  // Joined from parts, because tools that trace the files of a deployment would treat a template as every process's file.
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

/** The space in which a process's number and start are unique: host and, on Linux, boot and the namespaces of processes and of clocks. */
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
