import { randomUUID } from "node:crypto";
import { copyFile, mkdir, rename, rm, symlink } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { isErrorCode } from "@secondpass/core/node";

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
  await mkdir(dirname(pointer), { recursive: true });
  const temporary = `${pointer}.${randomUUID()}.tmp`;
  try {
    const linked = symlinks && (await tryLink(relative(dirname(pointer), blob), temporary));
    if (linked) await rename(temporary, pointer);
    else if (fresh) await rename(blob, pointer);
    else {
      await copyFile(blob, temporary);
      await rename(temporary, pointer);
    }
  } finally {
    await rm(temporary, { force: true });
  }
}

async function tryLink(target: string, path: string): Promise<boolean> {
  try {
    await symlink(target, path);
    return true;
  } catch (error) {
    // No right to (Windows), or a file system without links (FAT, some network shares).
    if (["EPERM", "EACCES", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"].some((code) => isErrorCode(error, code)))
      return false;
    throw error;
  }
}
