import { join } from "node:path";
import { checkText } from "../../texts/check-text.js";
import type { Files } from "../files/files.js";
import { nodeFiles } from "../files/files.js";
import { saveOf } from "./next-name.js";

/**
 * Where a member of a file set may be: under temporary names, if a save goes on or was cut short, then under its own. Read the head
 * first, and take the first file that it names. A member only ever moves from a temporary name to its own: in this order none is
 * missed. If none is the one, a save has finished meanwhile: read the head again. If it is still the same, the member is lost.
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
