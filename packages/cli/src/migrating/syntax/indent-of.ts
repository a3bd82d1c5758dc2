/** Returns the white space at the beginning of a place's line. */
export function indentOf(text: string, place: number): string {
  const line = text.lastIndexOf("\n", place - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, place))?.[0] ?? "";
}
