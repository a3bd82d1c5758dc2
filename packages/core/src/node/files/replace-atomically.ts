import { basename, dirname, join } from "node:path";
import { checkCallback } from "../../options/check-callback.js";
import { checkText } from "../../texts/check-text.js";
import { asWriteError } from "./as-write-error.js";
import { nodeFiles } from "./files.js";
import { makeFolders } from "./make-folders.js";
import { newWriterId } from "./new-writer-id.js";
import { removeLeftovers } from "./remove-leftovers.js";
import { temporaryName } from "./temporary-name.js";

/**
 * Creates a file or link under a temporary name and renames it: others see the old one or the complete new one, and a crash at any
 * moment leaves one of the two. Creates the folder if it is missing. If it fails, nothing is left behind. Leftovers of killed processes
 * are removed first: on a full disk there may be no room for the new file until then.
 *
 * @param make creates it under the given unique name; must fail if the name exists, because then somebody has planted it
 * @throws {InvalidOptionError} if `path` is not a string, or `make` not a function
 * @throws {FileWriteError} if the operating system reports an error: a full disk, a missing permission
 *
 * @example
 * await replaceAtomically("snapshot/model.onnx", (temporary) => symlink("../blobs/abc123", temporary));
 */
export async function replaceAtomically(
  path: string,
  make: (temporary: string) => Promise<void>,
): Promise<void> {
  checkText(path, "path");
  checkCallback("make", make);
  const folder = dirname(path);
  try {
    await makeFolders(folder);
    await removeLeftovers(path);
    const temporary = join(folder, temporaryName(basename(path), newWriterId()));
    try {
      await make(temporary);
      await nodeFiles.rename(temporary, path);
    } catch (error) {
      await nodeFiles.removeFile(temporary).catch(() => undefined);
      throw error;
    }
  } catch (error) {
    throw asWriteError(error, path);
  }
}
