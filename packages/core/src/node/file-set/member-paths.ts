import { join } from "node:path";
import { checkText } from "../../texts/check-text.js";
import type { Files } from "../files/files.js";
import { nodeFiles } from "../files/files.js";
import { saveOf } from "./next-name.js";

/**
 * Paths where a member of a file set may be: temporary names, if a save is running or was interrupted, then its own name. Read the
 * head first, and use the first file that the head names. A member only moves from a temporary name to its own name, so this order
 * misses none. If no file matches, a save has finished meanwhile: read the head again. If the head is unchanged, the member is lost.
 * @throws {InvalidOptionError} if a name is not a string
 * @throws the operating system's error
 */
export async function memberPaths(
  folder: string,
  member: string,
  files: Pick<Files<unknown>, "list"> = nodeFiles,
): Promise<string[]> {
  checkText(folder, "folder");
  checkText(member, "member");
  const entries = await files.list(folder);
  const next = entries.filter((entry) => saveOf(entry, member) !== undefined);
  return [...next, member].map((entry) => join(folder, entry));
}
