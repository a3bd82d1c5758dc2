/** A part of a text. */
export interface Piece {
  readonly text: string;
  /** Whether it is inside one of the marks. */
  readonly isMarked: boolean;
}

/** Cuts a text at marks, so that they can be shown. @param marks offsets in UTF-16 units, in any order; overlapping marks are joined */
export function piecesOf(
  text: string,
  marks: readonly { readonly start: number; readonly end: number }[],
): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const push = (end: number, isMarked: boolean) => {
    if (end > at) pieces.push({ text: text.slice(at, end), isMarked });
    at = Math.max(at, end);
  };
  for (const { start, end } of [...marks].sort((a, b) => a.start - b.start)) {
    push(Math.min(start, text.length), false);
    push(Math.min(end, text.length), true);
  }
  push(text.length, false);
  return pieces;
}
