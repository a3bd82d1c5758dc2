import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";

/**
 * Folders for files that are derived from a model's file, best first: next to the file, then the user's cache folder, for models in
 * read-only folders. In a hub cache the first is next to `blobs`, so that it is deleted with the repository and Python does not count it.
 * @param kind name of the folder for this kind in the user's cache
 */
export function derivedFolders(file: string, kind: string): string[] {
  const folder = dirname(file);
  const beside = basename(folder) === "blobs" ? join(dirname(folder), "secondpass") : folder;
  const cache = process.env.XDG_CACHE_HOME || process.env.LOCALAPPDATA || join(homedir(), ".cache");
  return [beside, join(cache, "secondpass", kind)];
}
