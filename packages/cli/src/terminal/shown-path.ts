import { relative } from "node:path";

/** Shortens a path for people: relative to the working folder, unless it is outside. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === "" || fromHere.startsWith("..") ? path : fromHere;
}
