import { execFileSync } from "node:child_process";

/** An environment for killed processes that is harder than a folder on one machine. Needs Linux and the right to mount. */
export interface CrashPlace {
  /** For the title, such as "on a disk that is nearly full". */
  readonly title: string;
  /** Command that starts each process. @default none */
  readonly command?: readonly string[];
  /** Number of versions that fit into the folder, which gets a separate file system. @default no limit */
  readonly roomFor?: number;
  /** Whether processes cannot see there if another one is dead, so that its unfinished files are kept for a day. */
  readonly keepsUnfinished?: boolean;
  /** Names of additional errors with which a write may fail there. */
  readonly allowedErrors?: readonly string[];
}

export const CRASH_PLACES: Readonly<Record<"namespaces" | "fullDisk", CrashPlace>> = {
  /** Like containers that share a folder: all have the same few process ids, and none sees another's processes. */
  namespaces: {
    title: "in separate PID namespaces",
    keepsUnfinished: true,
    command: ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"],
  },
  /** Has room for one process at a time to save, if it removes the files of killed ones. */
  fullDisk: {
    title: "on a disk that is nearly full",
    roomFor: 2.5,
    allowedErrors: ["FileWriteError", "StoreFileError", "IndexFileError"],
  },
};

/** Mounts a file system of limited size on a folder. @returns a function that unmounts it */
export function mountSmall(folder: string, bytes: number): () => void {
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${Math.ceil(bytes)}`, "tmpfs", folder]);
  return () => void execFileSync("umount", ["-l", folder]);
}
