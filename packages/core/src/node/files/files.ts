import type { FileHandle } from "node:fs/promises";
import { chmod, lstat, mkdir, open, readdir, rename, rmdir, stat, unlink, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { delay } from "../../scheduling/delay.js";
import { createLike } from "./create-like.js";
import { flushFolder } from "./flush-folder.js";
import { isErrorCode } from "./is-error-code.js";

/** What there is under a name. */
export interface Entry {
  /** Whether it is a folder; a link to one is none. */
  readonly isFolder: boolean;
  /** When it was made or last touched, in milliseconds, by the clock of who did it: it may be another machine's. */
  readonly touchedMs: number;
}

/**
 * What locks and saving ask of the file system. Each call is one step that happens wholly or not at all; the tests put a model in
 * its place and try all orders of the steps of several processes.
 */
export interface Files<File = FileHandle> {
  /**
   * Makes a folder that those may change who may change the folder around it. Fails with EEXIST if there is anything of that name.
   */
  makeFolder(path: string): Promise<void>;
  /**
   * Makes a file and opens it to write and read. Fails with EEXIST if there is anything of that name, also a link to nowhere.
   * @param like paths; the file gets mode and owner of the first of them that is there. @default those of any new file
   */
  create(path: string, like?: readonly string[]): Promise<File>;
  close(file: File): Promise<void>;
  /** Flushes a file and closes it. */
  closeDurably(file: File): Promise<void>;
  /** Replaces a file, or an empty folder by a folder. Links are replaced, not followed. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file or a link; fails for a folder. */
  removeFile(path: string): Promise<void>;
  /** Removes a folder; fails if there is anything in it. */
  removeFolder(path: string): Promise<void>;
  list(folder: string): Promise<string[]>;
  /** What there is under a name, links not followed; undefined if there is nothing. */
  look(path: string): Promise<Entry | undefined>;
  touch(path: string): Promise<void>;
  /** Makes the renames in a folder last through a loss of power. */
  flushFolder(folder: string): Promise<void>;
}

/** On Windows, a file that a virus scanner or a reader has open cannot be renamed or removed for a moment. */
const WINDOWS_RETRIES_MS = [5, 20, 50, 100, 200, 400];

/** The real file system. */
export const nodeFiles: Files = {
  async makeFolder(path) {
    await mkdir(path);
    const around = await stat(dirname(path));
    // Its owner must be able to remove it again, whatever the other's mode is.
    await chmod(path, (around.mode & 0o3777) | 0o700).catch(() => undefined);
  },
  create: (path, like) => (like === undefined ? open(path, "wx+") : createLike(path, like)),
  close: (file) => file.close(),
  async closeDurably(file) {
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  },
  rename: (from, to) => patiently(() => rename(from, to)),
  removeFile: (path) => patiently(() => unlink(path)),
  removeFolder: (path) => rmdir(path),
  list: (folder) => readdir(folder),
  async look(path) {
    try {
      const entry = await lstat(path);
      // A copy keeps the time of its content, and a restored file has an old one.
      return { isFolder: entry.isDirectory(), touchedMs: Math.min(entry.mtimeMs, entry.ctimeMs) };
    } catch (error) {
      if (isErrorCode(error, "ENOENT")) return undefined;
      throw error;
    }
  },
  async touch(path) {
    const now = new Date();
    await utimes(path, now, now);
  },
  flushFolder,
};

async function patiently(work: () => Promise<void>): Promise<void> {
  for (const pauseMs of process.platform === "win32" ? WINDOWS_RETRIES_MS : []) {
    try {
      return await work();
    } catch (error) {
      if (!isErrorCode(error, "EPERM", "EACCES", "EBUSY")) throw error;
      await delay(pauseMs);
    }
  }
  return work();
}
