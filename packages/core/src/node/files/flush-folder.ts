import { open } from "node:fs/promises";

/** Makes renames in a folder last through a loss of power. Does nothing on systems that cannot (Windows does not need it). */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
