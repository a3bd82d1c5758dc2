/** Longest part of a server's message that an error quotes, in characters. */
const MAX_QUOTED = 300;

/** Shortens a server's message for an error: one line, cut, without control characters and without its final full stop. */
export function oneLine(text: string): string {
  const line = text
    // Do not search text that is far beyond the cut.
    .slice(0, 20 * MAX_QUOTED)
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .replace(/\.$/, "");
  return line.length <= MAX_QUOTED ? line : `${line.slice(0, MAX_QUOTED)}…`;
}
