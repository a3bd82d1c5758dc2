import type { Edit } from "../contract/edit.js";

/** The text with all edits made; undefined if two of them are of the same piece. */
export function applyEdits(text: string, edits: readonly Edit[]): string | undefined {
  // Of those at one place, insertions come first.
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = "";
  let done = 0;
  for (const { start, end, text: inserted } of sorted) {
    if (start < done) return undefined;
    result += text.slice(done, start) + inserted;
    done = end;
  }
  return result + text.slice(done);
}
