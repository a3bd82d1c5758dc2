import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../errors/usage-error.js";

/** A file and its name in the archive, with "/" between folders. */
export interface ArchiveFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/**
 * Lists every file below a folder, except hidden ones, by name. Links are followed and become files: the hub's cache is made
 * of links, and SageMaker rejects archives with links.
 *
 * @param prefix put before every name ("code/")
 * @throws {UsageError} if the folder cannot be read
 */
export async function listFiles(folder: string, prefix = ""): Promise<ArchiveFile[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new UsageError(`Expected a folder at ${folder}: ${cause}`, { cause });
  });
  const found: ArchiveFile[] = [];
  for (const name of names.filter((entry) => !entry.startsWith("."))) {
    const path = join(folder, name);
    const info = await stat(path);
    if (info.isDirectory()) found.push(...(await listFiles(path, `${prefix}${name}/`)));
    else if (info.isFile()) found.push({ name: `${prefix}${name}`, path, bytes: info.size });
  }
  return found;
}
