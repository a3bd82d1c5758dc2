import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { FileReadError } from "../errors/file-read-error.js";

export interface ListFilesOptions {
  readonly recursive: boolean;
  readonly loadHidden: boolean;
}

/**
 * The files in a folder, as paths relative to it with "/" between folders, sorted by their characters' codes. Links to files count
 * as files; links to folders are not followed, so that none is walked twice.
 *
 * @throws {FileReadError}
 */
export async function listFiles(folder: string, options: ListFilesOptions): Promise<string[]> {
  return (await walk(folder, "", options)).sort((a, b) => (a < b ? -1 : 1));
}

async function walk(root: string, below: string, options: ListFilesOptions): Promise<string[]> {
  const folder = join(root, below);
  const files: string[] = [];
  for (const entry of await readFolder(folder)) {
    if (entry.name.startsWith(".") && !options.loadHidden) continue;
    const path = `${below}${entry.name}`;
    if (entry.isDirectory()) {
      if (options.recursive) files.push(...(await walk(root, `${path}/`, options)));
    } else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(join(root, path))))) {
      files.push(path);
    }
  }
  return files;
}

async function readFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new FileReadError(folder, "a readable folder", error);
  }
}

/** Where a link leads; a broken one leads to no file. */
async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
