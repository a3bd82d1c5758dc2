import { temporaryName, writerOf } from "../files/temporary-name.js";

/** Suffix of a new file that is going to replace an older one. */
const NEXT = ".next";

/** The temporary name under which a save writes a file of a set. @param id id of the save; "" for a save by an earlier version of this package */
export function nextName(name: string, id: string): string {
  return id === "" ? name + NEXT : temporaryName(name, id, NEXT);
}

/** The id of the save whose temporary file has this name; undefined if it is not such a name. */
export function saveOf(entry: string, name: string): string | undefined {
  return entry === name + NEXT ? "" : writerOf(entry, name, NEXT);
}
