/** Longest piece of a server's message that an error quotes, in characters. */
const MAX_QUOTED = 300;

/** A server's words as an error quotes them: one line, cut, without control characters and the final stop that the sentence brings itself. */
export function oneLine(text: string): string {
  const line = text
    // What is far beyond the cut need not be searched.
    .slice(0, 20 * MAX_QUOTED)
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .replace(/\.$/, "");
  return line.length <= MAX_QUOTED ? line : `${line.slice(0, MAX_QUOTED)}…`;
}
