import { execFileSync } from "node:child_process";

/** Where processes are killed that is harder than one folder of one machine. Needs Linux and the right to mount. */
export interface CrashPlace {
  /** For the title, such as "on a disk that is nearly full". */
  readonly title: string;
  /** What each process is started by. @default nothing */
  readonly command?: readonly string[];
  /** Room for this many versions in the folder, by a file system of its own. @default no limit */
  readonly roomFor?: number;
  /** Nobody sees there whether another process is dead: what it left unfinished is kept for a day. */
  readonly keepsUnfinished?: boolean;
  /** Names of further errors by which a write may fail there. */
  readonly refusals?: readonly string[];
}

export const CRASH_PLACES: Readonly<Record<"namespaces" | "fullDisk", CrashPlace>> = {
  /** As in containers that share a folder: all have the same few process ids, and none sees another's processes. */
  namespaces: {
    title: "in PID namespaces of their own",
    keepsUnfinished: true,
    command: ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"],
  },
  /** One process at a time can save, if it removes what those that were killed have left. */
  fullDisk: {
    title: "on a disk that is nearly full",
    roomFor: 2.5,
    refusals: ["FileWriteError", "StoreFileError", "IndexFileError"],
  },
};

/** Mounts a file system of limited size on a folder. @returns what unmounts it */
export function mountSmall(folder: string, bytes: number): () => void {
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${Math.ceil(bytes)}`, "tmpfs", folder]);
  return () => void execFileSync("umount", ["-l", folder]);
}
