import { type FileHandle, lstat, open, stat, unlink } from "node:fs/promises";

/** Mode of a file that only its owner may use. */
const PRIVATE = 0o600;

/**
 * Creates a file with the mode of another one, and its owner as far as this process has permission. Until then only its owner may
 * open it. Fails with EEXIST if the name exists.
 *
 * @param like paths; the first one that is a file is the other file. The mode of a link's target is used only if it gives fewer
 * rights than a new file has, because anybody may have made the link
 */
export async function createLike(path: string, like: readonly string[]): Promise<FileHandle> {
  for (const other of like) {
    const old = await lstat(other).catch(() => undefined);
    if (old?.isFile()) {
      return openWith(path, PRIVATE, async (handle) => {
        await keepOwner(handle, old);
        const now = await handle.stat();
        // Set-id bits have another effect with another owner, and another group gets no more rights than everybody.
        let mode = old.mode & 0o7777;
        if (now.uid !== old.uid || now.gid !== old.gid) mode &= 0o777;
        if (now.gid !== old.gid) mode = (mode & 0o707) | ((mode & 0o007) << 3);
        // A change of owner clears the set-id bits, so set the mode last.
        await handle.chmod(mode).catch(() => undefined);
      });
    }
    if (!old?.isSymbolicLink()) continue;
    const target = await stat(other).catch(() => undefined);
    if (target?.isFile()) {
      return openWith(path, 0o666, async (handle) => {
        await handle.chmod((await handle.stat()).mode & target.mode & 0o777);
      });
    }
  }
  return open(path, "wx+");
}

async function openWith(
  path: string,
  mode: number,
  set: (handle: FileHandle) => Promise<void>,
): Promise<FileHandle> {
  const handle = await open(path, "wx+", mode);
  try {
    await set(handle);
    return handle;
  } catch (error) {
    await handle.close();
    await unlink(path).catch(() => undefined);
    throw error;
  }
}

/** Keeps the owner and the group: only root may change the owner, a member of the group may set the group. */
async function keepOwner(handle: FileHandle, old: { uid: number; gid: number }): Promise<void> {
  const made = await handle.stat();
  if (made.uid === old.uid && made.gid === old.gid) return;
  await handle.chown(old.uid, old.gid).catch(() => handle.chown(made.uid, old.gid).catch(() => undefined));
}
