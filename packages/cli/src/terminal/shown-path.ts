import { relative } from "node:path";

/** A path as people would type it: from the working folder, unless it is outside. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === "" || fromHere.startsWith("..") ? path : fromHere;
}
