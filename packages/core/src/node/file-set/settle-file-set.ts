import { join } from "node:path";
import { checkOneOf } from "../../options/check-one-of.js";
import type { Files } from "../files/files.js";
import { nodeFiles } from "../files/files.js";
import { isErrorCode } from "../files/is-error-code.js";
import { checkFileSet } from "./check-file-set.js";
import type { FileSet } from "./file-set.js";
import { nextName, saveOf } from "./next-name.js";

/** Error codes of a removal that need no action: the file does not exist, is a folder, or may not be removed. */
const CANNOT_REMOVE = ["ENOENT", "EISDIR", "EPERM", "EACCES"];

/**
 * Cleans up the folder of a file set: renames committed members to their own names, and removes leftovers of other saves.
 * Safe at any time, also if several processes do it, because it changes only members of saves without a new head: such a save was
 * committed, or can never be. Its members that the current head names are renamed, others are leftovers.
 *
 * @param saves "end" for the holder of the set's lock: saves that are still running can no longer commit; "keep" leaves them alone
 * @param own this process's save, which was just committed, and whether the head still names its members
 * @throws {InvalidOptionError} if an argument has another type
 * @throws the operating system's error
 */
export async function settleFileSet(
  set: FileSet,
  saves: "end" | "keep",
  files: Files<unknown> = nodeFiles,
  own?: { readonly id: string; isNamed(): Promise<boolean> },
): Promise<void> {
  checkFileSet(set);
  checkOneOf("saves", saves, ["end", "keep"]);
  const entries = await files.list(set.folder);
  const ids = new Set<string>();
  for (const entry of entries) {
    for (const name of [set.head, ...set.members]) {
      const id = saveOf(entry, name);
      if (id !== undefined) ids.add(id);
    }
  }
  const committed: [from: string, to: string][] = [];
  for (const id of ids) {
    const head = join(set.folder, nextName(set.head, id));
    const isOwn = id === own?.id;
    if (saves === "end") await remove(files, head);
    else if (!isOwn && (await files.inspect(head)) !== undefined) continue;
    for (const member of set.members) {
      const next = nextName(member, id);
      if (!entries.includes(next)) continue;
      const path = join(set.folder, next);
      const isNamed = isOwn ? own.isNamed() : set.isNamed(member, path);
      if (await isNamed) committed.push([path, join(set.folder, member)]);
      else await remove(files, path);
    }
  }
  // Rename only after all leftovers are removed. Otherwise a process that was paused here could rename a leftover over a newer member.
  for (const [from, to] of committed) {
    try {
      await files.rename(from, to);
    } catch (error) {
      if (!isErrorCode(error, "ENOENT")) throw error; // Another process did it.
    }
  }
}

async function remove(files: Files<unknown>, path: string): Promise<void> {
  try {
    await files.removeFile(path);
  } catch (error) {
    if (!isErrorCode(error, ...CANNOT_REMOVE)) throw error;
  }
}
