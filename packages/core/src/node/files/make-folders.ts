import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { checkText } from "../../texts/check-text.js";
import { isErrorCode } from "./is-error-code.js";

/**
 * Creates a folder and its missing parents; does nothing if it exists. Node 20's `mkdir` with `recursive` never ends, and blocks a
 * thread of Node's pool, in a folder that cannot have subfolders (a removed working directory, /proc).
 *
 * @returns the outermost folder that was created; undefined if all existed
 * @throws {InvalidOptionError} if `path` is not a string
 * @throws the operating system's error, such as ENOENT if no folder can be created there, or ENOTDIR
 */
export async function makeFolders(path: string): Promise<string | undefined> {
  checkText(path, "path");
  try {
    return await makeFolder(path);
  } catch (error) {
    if (!isErrorCode(error, "ENOENT") || dirname(path) === path) throw error;
  }
  const outermost = await makeFolders(dirname(path));
  // The parent exists. If this fails with ENOENT again, it cannot have subfolders.
  const inner = await makeFolder(path);
  return outermost ?? inner;
}

async function makeFolder(path: string): Promise<string | undefined> {
  try {
    await mkdir(path);
    return path;
  } catch (error) {
    // Some file systems report EROFS or EPERM for a folder that exists.
    if (await isFolder(path)) return undefined;
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
