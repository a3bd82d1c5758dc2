import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { workSlices } from "@secondpass/core";
import { FileReadError } from "../errors/file-read-error.js";

export interface ListFilesOptions {
  readonly recursive: boolean;
  readonly loadHidden: boolean;
  /** Filter of files, by their path in the folder. Called once for each file and link. */
  readonly wanted: (path: string) => boolean;
  /** Called for a folder or link that cannot be read; the listing continues unless it throws. `path` includes the folder's. */
  readonly onError: (error: FileReadError, path: string) => Promise<void>;
}

/** A file or folder in a folder. `name` is its path from the first folder on; a folder's name ends with "/". */
interface Entry {
  readonly name: string;
  readonly isLink: boolean;
}

/**
 * Lists the files in a folder, as relative paths with "/" between folders, sorted by their characters' codes. A folder is read when
 * its first file is needed. Links to files count as files; links to folders are not followed, so that no file is listed twice. Pipes,
 * sockets, devices and broken links are left out.
 *
 * @throws {FileReadError} if the folder itself cannot be listed
 */
export async function* listFiles(folder: string, options: ListFilesOptions): AsyncGenerator<string> {
  const slices = workSlices();
  // The next one is at the end.
  const pending: Entry[] = await readFolder(folder, "", options);
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    if (slices.due()) await slices.pause();
    const { name, isLink } = entry;
    try {
      if (name.endsWith("/")) {
        for (const inside of await readFolder(folder, name, options)) pending.push(inside);
      } else if (options.wanted(name) && (!isLink || (await leadsToFile(join(folder, name))))) yield name;
    } catch (error) {
      if (!FileReadError.isInstance(error)) throw error;
      await options.onError(error, join(folder, name));
    }
  }
}

/** Reads the entries of a folder that may be listed, the last first. */
async function readFolder(root: string, below: string, options: ListFilesOptions): Promise<Entry[]> {
  const folder = join(root, below);
  try {
    const found = await readdir(folder, { withFileTypes: true });
    return found
      .filter((one) => options.loadHidden || !one.name.startsWith("."))
      .flatMap((one) => entryOf(one, below, options.recursive))
      .sort((a, b) => (a.name < b.name ? 1 : -1));
  } catch (error) {
    throw new FileReadError(folder, "a readable folder", error);
  }
}

function entryOf(found: Dirent, below: string, recursive: boolean): Entry[] {
  const name = `${below}${found.name}`;
  if (found.isDirectory()) return recursive ? [{ name: `${name}/`, isLink: false }] : [];
  return found.isFile() || found.isSymbolicLink() ? [{ name, isLink: found.isSymbolicLink() }] : [];
}

/** Error codes of broken links; with other codes the target is unknown. */
const LEADS_NOWHERE = new Set(["ENOENT", "ENOTDIR", "ELOOP"]);

async function leadsToFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (cause) {
    const error = new FileReadError(path, "a readable text file", cause);
    if (LEADS_NOWHERE.has(error.code ?? "")) return false;
    throw error;
  }
}
