import { basename, dirname, join } from "node:path";
import { checkText } from "../../texts/check-text.js";
import type { Files } from "./files.js";
import { nodeFiles } from "./files.js";
import { isAlive } from "./new-writer-id.js";
import { UNFINISHED, writerOf } from "./temporary-name.js";

/** Age from which a file counts as left behind if this process cannot tell whether its writer is alive. */
const ABANDONED_MS = 86_400_000;

/** Whether the writer of a file has died without removing it. @param touchedMs when the file was last touched */
export function isLeftBehind(writerId: string, touchedMs: number): boolean {
  return !(isAlive(writerId) ?? Math.abs(Date.now() - touchedMs) <= ABANDONED_MS);
}

/**
 * Removes the temporary files that killed writers of a file left behind. Errors of the operating system are ignored.
 * @throws {InvalidOptionError} if `path` is not a string
 */
export async function removeLeftovers(path: string, files: Files = nodeFiles): Promise<void> {
  checkText(path, "path");
  const folder = dirname(path);
  for (const name of await files.list(folder).catch(() => [])) {
    const id = writerOf(name, basename(path), UNFINISHED);
    if (id === undefined) continue;
    const temporary = join(folder, name);
    const entry = await files.inspect(temporary).catch(() => undefined);
    if (entry && isLeftBehind(id, entry.touchedMs)) await files.removeFile(temporary).catch(() => undefined);
  }
}
