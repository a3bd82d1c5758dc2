import type { FileHandle } from "node:fs/promises";
import { openWithoutWaiting } from "./open-without-waiting.js";

/**
 * Opens a file to read; follows links. Fails with EINVAL for a pipe or a device, and with EISDIR for a folder.
 * @throws {InvalidOptionError} if `path` is not a string
 * @throws the operating system's error
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  const handle = await openWithoutWaiting(path);
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
