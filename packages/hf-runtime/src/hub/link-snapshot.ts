import { constants, copyFile, rename, symlink } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { isErrorCode, makeFolders, replaceAtomically } from "@secondpass/core/node";

/**
 * Adds a blob to a snapshot as a relative link, or as the file itself if links are impossible (Windows without developer mode) or turned
 * off. It is written under a temporary name and renamed, so that no process sees a partial file.
 * @param options `symlinks`: whether links are allowed; `fresh`: the blob was downloaded for this snapshot, so that without links it can be
 *   moved instead of copied, as Python does
 */
export async function linkSnapshot(
  blob: string,
  pointer: string,
  { symlinks, fresh }: { readonly symlinks: boolean; readonly fresh: boolean },
): Promise<void> {
  await makeFolders(dirname(pointer));
  const target = relative(dirname(pointer), blob);
  if (symlinks && (await tryLink(() => replaceAtomically(pointer, (path) => symlink(target, path))))) return;
  if (fresh) await rename(blob, pointer);
  else await replaceAtomically(pointer, (path) => copyFile(blob, path, constants.COPYFILE_EXCL));
}

async function tryLink(link: () => Promise<void>): Promise<boolean> {
  try {
    await link();
    return true;
  } catch (error) {
    // No permission (Windows), or a file system without links (FAT, some network shares).
    if (isErrorCode(error, "EPERM", "EACCES", "ENOSYS", "ENOTSUP", "EOPNOTSUPP")) return false;
    throw error;
  }
}
