import { createHash } from "node:crypto";
import { WRITER_ID_PATTERN } from "./new-writer-id.js";

/** File names may have 255 bytes in most file systems; a writer's id and a suffix take up to 70. */
const MAX_NAME_BYTES = 180;

/** Suffix of a file that is removed if it is never finished. */
export const UNFINISHED = ".tmp";

/** The temporary name under which a writer writes a file. It is in the same folder, so that the file can be renamed. */
export function temporaryName(name: string, writerId: string, ending = UNFINISHED): string {
  return `${stem(name)}.${writerId}${ending}`;
}

/** The writer's id in a name that {@link temporaryName} made for a file; undefined for any other name. */
export function writerOf(temporary: string, name: string, ending = UNFINISHED): string | undefined {
  const start = `${stem(name)}.`;
  if (!temporary.startsWith(start) || !temporary.endsWith(ending)) return undefined;
  const id = temporary.slice(start.length, temporary.length - ending.length);
  return ID.test(id) ? id : undefined;
}

const ID = new RegExp(`^${WRITER_ID_PATTERN}$`);

function stem(name: string): string {
  if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  return createHash("sha256").update(name).digest("hex").slice(0, 32);
}
