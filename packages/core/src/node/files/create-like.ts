import { type FileHandle, lstat, open, stat, unlink } from "node:fs/promises";

/** Mode of a file whose owner alone may use it. */
const PRIVATE = 0o600;

/**
 * Makes a file with the mode and, as far as this process may, the owner of another one. Until it has them, only its owner may open
 * it. Fails with EEXIST if there is anything of that name.
 *
 * @param like paths; the first that is a file is the other one. The mode of a link's target is taken only where that gives fewer
 * rights than a new file has: anybody may have made the link
 */
export async function createLike(path: string, like: readonly string[]): Promise<FileHandle> {
  for (const other of like) {
    const old = await lstat(other).catch(() => undefined);
    if (old?.isFile()) {
      return openWith(path, PRIVATE, async (handle) => {
        await keepOwner(handle, old);
        const now = await handle.stat();
        // Another owner's set-id bits mean another thing, and another group gets no more than everybody.
        let mode = old.mode & 0o7777;
        if (now.uid !== old.uid || now.gid !== old.gid) mode &= 0o777;
        if (now.gid !== old.gid) mode = (mode & 0o707) | ((mode & 0o007) << 3);
        // A change of owner clears the set-id bits: the mode comes last.
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

/** Only root may give a file away; a member may pass on its group. */
async function keepOwner(handle: FileHandle, old: { uid: number; gid: number }): Promise<void> {
  const made = await handle.stat();
  if (made.uid === old.uid && made.gid === old.gid) return;
  await handle.chown(old.uid, old.gid).catch(() => handle.chown(made.uid, old.gid).catch(() => undefined));
}
