import { open } from "node:fs/promises";
import { checkText } from "../../texts/check-text.js";

/**
 * Flushes a folder to disk, so that its renames survive a power loss. Does nothing on systems that cannot do this (Windows does not need it).
 * @throws {InvalidOptionError} if `folder` is not a string
 */
export async function flushFolder(folder: string): Promise<void> {
  checkText(folder, "folder");
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
