import { constants, copyFile, lstat, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { checkBoolean } from "../../options/check-boolean.js";
import { checkText } from "../../texts/check-text.js";
import { nodeFiles } from "./files.js";
import { isErrorCode } from "./is-error-code.js";
import { isAlive, newWriterId, writerPid } from "./new-writer-id.js";
import { temporaryName, writerOf } from "./temporary-name.js";

/** A file that is written in parts, over several attempts. */
export interface UnfinishedFile {
  /** Its temporary path, which nobody else uses. */
  readonly path: string;
  /** Whether it has content of an earlier attempt, which has ended or died. */
  readonly isResumed: boolean;
}

/**
 * Names an unfinished file, and takes over the content of an earlier attempt. Call it under the file's lock. If the earlier writer may
 * still be alive, such as a paused one that lost the lock, the file is copied, because that writer cannot write into the copy. A link,
 * or a file with several names, is removed, because somebody may have planted it.
 *
 * @param path the file's own path
 * @param ending suffix of its temporary names; a file whose name begins with the file's name and ends with this counts as unfinished
 * @param resume whether to take over the content of an earlier attempt
 * @throws {InvalidOptionError} if an argument has another type
 * @throws the operating system's error
 */
export async function claimUnfinished(
  path: string,
  ending: string,
  resume: boolean,
): Promise<UnfinishedFile> {
  checkText(path, "path");
  checkText(ending, "ending");
  checkBoolean("resume", resume);
  const [folder, name] = [dirname(path), basename(path)];
  const claimed = join(folder, temporaryName(name, newWriterId(), ending));
  for (const entry of resume ? await nodeFiles.list(folder) : []) {
    if (!entry.startsWith(`${name}.`) || !entry.endsWith(ending)) continue;
    const left = join(folder, entry);
    try {
      const { nlink, ...stats } = await lstat(left);
      const isOwn = nlink === 1 && (stats.mode & constants.S_IFMT) === constants.S_IFREG;
      if (isOwn && isOver(writerOf(entry, name, ending))) await rename(left, claimed);
      else {
        if (isOwn) await copyFile(left, claimed, constants.COPYFILE_EXCL);
        await unlink(left);
      }
      if (isOwn) return { path: claimed, isResumed: true };
    } catch (error) {
      if (!isErrorCode(error, "ENOENT")) throw error; // Another process finished or claimed it meanwhile: try the next one.
    }
  }
  return { path: claimed, isResumed: false };
}

/** Whether a writer has ended: it has died, or is this process, whose attempts run one after another. */
function isOver(writerId: string | undefined): boolean {
  if (writerId === undefined) return false;
  const alive = isAlive(writerId);
  return alive === false || (alive === true && writerPid(writerId) === process.pid);
}
