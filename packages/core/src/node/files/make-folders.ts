import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { isErrorCode } from "./is-error-code.js";

/**
 * Makes a folder and those around it that are missing; does nothing if it is there. `mkdir` with `recursive` never ends where a folder
 * that is there cannot hold another (Node 20: a removed working directory, /proc), and holds a thread of Node's meanwhile.
 *
 * @returns the outermost folder that was made; undefined if all were there
 * @throws the operating system's error, such as ENOENT where no folder can be made, or ENOTDIR
 */
export async function makeFolders(path: string): Promise<string | undefined> {
  try {
    await mkdir(path);
    return path;
  } catch (error) {
    // Some file systems say EROFS or EPERM of a folder that is there.
    if (await isFolder(path)) return undefined;
    const around = dirname(path);
    // If what is around it is there, nothing is missing.
    if (!isErrorCode(error, "ENOENT") || around === path || (await isFolder(around))) throw error;
  }
  const outermost = await makeFolders(dirname(path));
  // Another process may have been faster.
  const inner = await mkdir(path).then(
    () => path,
    async (error: unknown) => {
      if (await isFolder(path)) return undefined;
      throw error;
    },
  );
  return outermost ?? inner;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
