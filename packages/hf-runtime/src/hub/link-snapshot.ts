import { constants, copyFile, rename, symlink } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { isErrorCode, makeFolders, replaceAtomically } from "@secondpass/core/node";

/**
 * Puts a blob into a snapshot: a relative link, or, where links cannot be (Windows without developer mode) or may not
 * be made, the file itself. Written under a temporary name and renamed, so that nobody sees half of it.
 * @param fresh the blob was downloaded for this snapshot, so without links it can be moved instead of copied, as Python does
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
    // No right to (Windows), or a file system without links (FAT, some network shares).
    if (isErrorCode(error, "EPERM", "EACCES", "ENOSYS", "ENOTSUP", "EOPNOTSUPP")) return false;
    throw error;
  }
}
