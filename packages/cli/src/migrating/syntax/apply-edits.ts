import type { Edit } from "../contract/edit.js";

/** Applies all edits to a text. @returns undefined if two of them overlap */
export function applyEdits(text: string, edits: readonly Edit[]): string | undefined {
  // At the same place, insertions come first.
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
