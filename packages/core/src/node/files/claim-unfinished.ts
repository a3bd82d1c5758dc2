import { constants, copyFile, lstat, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { checkBoolean } from "../../options/check-boolean.js";
import { checkText } from "../../texts/check-text.js";
import { nodeFiles } from "./files.js";
import { isErrorCode } from "./is-error-code.js";
import { isAlive, newWriterId, writerPid } from "./new-writer-id.js";
import { temporaryName, writerOf } from "./temporary-name.js";

/** A file that is written bit by bit, by several tries. */
export interface UnfinishedFile {
  /** Its temporary path, which nobody else uses. */
  readonly path: string;
  /** Whether it holds what an earlier try left, which has ended or died. */
  readonly isResumed: boolean;
}

/**
 * Names an unfinished file, and takes over what an earlier try left of it. Call it under the file's lock. A file whose writer may still
 * live, such as one that stands still and lost the lock, is copied: it cannot write into the copy. A link, or a file that
 * has several names, is removed: somebody planted it.
 *
 * @param path the file's own path
 * @param ending ending of its temporary names; a file whose name begins with the file's name and ends with this counts as an unfinished one
 * @param resume whether to take over what was left
 * @throws {InvalidOptionError} if an argument is of another kind
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
      if (!isErrorCode(error, "ENOENT")) throw error; // Finished or claimed by another process meanwhile: the next one.
    }
  }
  return { path: claimed, isResumed: false };
}

/** Whether a writer writes no longer: it has died, or is this process, whose tries take turns. */
function isOver(writerId: string | undefined): boolean {
  if (writerId === undefined) return false;
  const alive = isAlive(writerId);
  return alive === false || (alive === true && writerPid(writerId) === process.pid);
}
