import { constants, type FileHandle, open } from "node:fs/promises";

/**
 * Opens a file to read, at the end of a link, too. A pipe or a device of that name fails with EINVAL instead of holding a thread
 * of Node's pool until somebody writes to it, a folder with EISDIR.
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  // Windows has no such flag, and no pipes in folders.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const entry = await handle.stat();
    if (entry.isFile()) return handle;
    const [code, kind] = entry.isDirectory() ? ["EISDIR", "a folder"] : ["EINVAL", "a pipe or a device"];
    const message = `${code}: ${kind} is in the place of a file, open '${path}'`;
    throw Object.assign(new Error(message), { code, syscall: "open", path });
  } catch (error) {
    await handle.close();
    throw error;
  }
}
