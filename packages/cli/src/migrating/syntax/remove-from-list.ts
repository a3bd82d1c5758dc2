import { type Node, ts } from "ts-morph";
import type { Edit } from "../contract/edit.js";

/** Makes edits that remove items from a comma-separated list, with the comments after them on their lines. */
export function removeFromList(items: readonly Node[], gone: ReadonlySet<Node>): Edit[] {
  const text = items[0]?.getSourceFile().getFullText() ?? "";
  const edits: Edit[] = [];
  for (const [i, item] of items.entries()) {
    if (!gone.has(item)) continue;
    const next = items[i + 1];
    const end = behindComments(text, next?.getPos() ?? afterComma(text, item.getEnd()));
    edits.push({ start: behindComments(text, item.getPos()), end, text: "" });
  }
  const lastKept = items.findLastIndex((item) => !gone.has(item));
  const [kept, next, last] = [items[lastKept], items[lastKept + 1], items.at(-1)];
  if (kept !== undefined && next !== undefined && last !== undefined) {
    // A comma after the last item stays only if there was one.
    const hadComma = afterComma(text, last.getEnd()) !== last.getEnd();
    if (!hadComma) edits.push({ start: kept.getEnd(), end: next.getPos(), text: "" });
  }
  return edits;
}

/** Returns the place after a comma that follows; the same place if there is none. */
function afterComma(text: string, place: number): number {
  const [comma] = /^\s*,/.exec(text.slice(place, place + 200)) ?? [];
  return place + (comma?.length ?? 0);
}

/** Returns the place after the comments that belong to the item before them on the line. */
function behindComments(text: string, place: number): number {
  return ts.getTrailingCommentRanges(text, place)?.at(-1)?.end ?? place;
}
