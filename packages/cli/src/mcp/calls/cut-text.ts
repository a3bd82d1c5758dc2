/**
 * Cuts a text to at most `limit` UTF-16 units: at the last line end or space, if one is in the second half. No character is cut in two.
 *
 * @returns the whole text if it fits
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const rest = text.slice(0, Math.max(limit, 0));
  for (const end of ["\n", " "]) {
    const at = rest.lastIndexOf(end);
    if (at >= rest.length / 2) return rest.slice(0, at + 1);
  }
  return /[\ud800-\udbff]$/.test(rest) ? rest.slice(0, -1) : rest;
}
