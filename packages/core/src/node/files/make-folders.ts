import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { checkText } from "../../texts/check-text.js";
import { isErrorCode } from "./is-error-code.js";

/**
 * Makes a folder and those around it that are missing; does nothing if it is there. `mkdir` with `recursive` never ends where a folder
 * that is there cannot hold another (Node 20: a removed working directory, /proc), and holds a thread of Node's meanwhile.
 *
 * @returns the outermost folder that was made; undefined if all were there
 * @throws {InvalidOptionError} if `path` is not a string
 * @throws the operating system's error, such as ENOENT where no folder can be made, or ENOTDIR
 */
export async function makeFolders(path: string): Promise<string | undefined> {
  checkText(path, "path");
  try {
    return await makeFolder(path);
  } catch (error) {
    if (!isErrorCode(error, "ENOENT") || dirname(path) === path) throw error;
  }
  const outermost = await makeFolders(dirname(path));
  // Whoever made what is around it in the meantime: now it is there, or no folder can be made in it.
  const inner = await makeFolder(path);
  return outermost ?? inner;
}

async function makeFolder(path: string): Promise<string | undefined> {
  try {
    await mkdir(path);
    return path;
  } catch (error) {
    // Some file systems say EROFS or EPERM of a folder that is there.
    if (await isFolder(path)) return undefined;
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
