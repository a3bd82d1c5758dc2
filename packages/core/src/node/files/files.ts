import type { FileHandle } from "node:fs/promises";
import { chmod, lstat, mkdir, open, readdir, rename, rmdir, stat, unlink, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { delay } from "../../scheduling/delay.js";
import { createLike } from "./create-like.js";
import { flushFolder } from "./flush-folder.js";
import { isErrorCode } from "./is-error-code.js";

/** A file, link or folder in a folder. */
export interface Entry {
  /** Whether it is a folder; false for a link to a folder. */
  readonly isFolder: boolean;
  /** When it was created or last touched, in milliseconds, by the clock of the machine that did it. */
  readonly touchedMs: number;
}

/**
 * The file operations that locks and saving need. Each call is one atomic step. Tests replace the file system by a model, and try
 * all orders of the steps of several processes.
 */
export interface Files<File = FileHandle> {
  /**
   * Creates a folder with the permissions of its parent folder. Fails with EEXIST if the name exists.
   */
  makeFolder(path: string): Promise<void>;
  /**
   * Creates a file and opens it to write and read. Fails with EEXIST if the name exists, even as a broken link.
   * @param like paths; the file gets the mode and owner of the first one that exists. @default those of any new file
   */
  create(path: string, like?: readonly string[]): Promise<File>;
  close(file: File): Promise<void>;
  /** Flushes a file and closes it. */
  closeDurably(file: File): Promise<void>;
  /** Replaces a file, or an empty folder by a folder. Links are replaced, not followed. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file or a link; fails for a folder. */
  removeFile(path: string): Promise<void>;
  /** Removes a folder; fails if it is not empty. */
  removeFolder(path: string): Promise<void>;
  list(folder: string): Promise<string[]>;
  /** Returns the entry of a name, without following links; undefined if there is none. */
  inspect(path: string): Promise<Entry | undefined>;
  touch(path: string): Promise<void>;
  /** Flushes a folder to disk, so that its renames survive a power loss. */
  flushFolder(folder: string): Promise<void>;
}

/** On Windows, a file that a virus scanner or a reader has open cannot be renamed or removed for a moment. */
const WINDOWS_RETRIES_MS = [5, 20, 50, 100, 200, 400];

/** The real file system. */
export const nodeFiles: Files = {
  async makeFolder(path) {
    await mkdir(path);
    const around = await stat(dirname(path));
    // Its owner must be able to remove it again, whatever the mode of the parent folder is.
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
  async inspect(path) {
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
