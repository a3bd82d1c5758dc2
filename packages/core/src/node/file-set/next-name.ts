import { temporaryName, writerOf } from "../files/temporary-name.js";

/** Ending of a file that takes the place of an older one. */
const NEXT = ".next";

/** Under which name a save writes a file of a set. @param id the save's; "" for one of an earlier version of this package */
export function nextName(name: string, id: string): string {
  return id === "" ? name + NEXT : temporaryName(name, id, NEXT);
}

/** The id of the save that wrote a file of this name; undefined if none did. */
export function saveOf(entry: string, name: string): string | undefined {
  return entry === name + NEXT ? "" : writerOf(entry, name, NEXT);
}
