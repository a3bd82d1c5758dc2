import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";

/**
 * Folders for what is derived from a model's file and kept for the next start, best first: next to the file (in a hub
 * cache next to its `blobs`, so that it goes when the repository is deleted, and Python does not count it), then the user's
 * cache folder, for models that cannot be written to.
 * @param kind name of a folder for things of that kind in the user's cache
 */
export function derivedFolders(file: string, kind: string): string[] {
  const folder = dirname(file);
  const beside = basename(folder) === "blobs" ? join(dirname(folder), "secondpass") : folder;
  const cache = process.env.XDG_CACHE_HOME || process.env.LOCALAPPDATA || join(homedir(), ".cache");
  return [beside, join(cache, "secondpass", kind)];
}
