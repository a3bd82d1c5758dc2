/**
 * Computes the similarity of two texts, 0 (nothing in common) to 1 (equal), as `SequenceMatcher(None, a, b).ratio()` of Python's difflib
 * does, over code points. It is Ratcliff–Obershelp matching: find the longest common block, repeat to its left and right, and
 * compute 2·matched / (both lengths).
 */
export function sequenceRatio(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  const total = left.length + right.length;
  if (total === 0) return 1;
  const places = placesByCharacter(right);
  let matched = 0;
  const open: Span[] = [{ leftStart: 0, leftEnd: left.length, rightStart: 0, rightEnd: right.length }];
  for (let span = open.pop(); span; span = open.pop()) {
    const block = longestBlock(left, right, places, span);
    if (block.size === 0) continue;
    matched += block.size;
    open.push(
      { ...span, leftEnd: block.leftStart, rightEnd: block.rightStart },
      { ...span, leftStart: block.leftStart + block.size, rightStart: block.rightStart + block.size },
    );
  }
  return (2 * matched) / total;
}

interface Span {
  readonly leftStart: number;
  readonly leftEnd: number;
  readonly rightStart: number;
  readonly rightEnd: number;
}

/**
 * Finds the positions of each character. As with difflib's `autojunk`, in texts of 200 characters or more, characters that make up more than
 * 1 % are left out, because they would match everywhere.
 */
function placesByCharacter(text: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  text.forEach((character, index) => {
    const known = places.get(character);
    if (known) known.push(index);
    else places.set(character, [index]);
  });
  if (text.length >= 200) {
    const most = Math.floor(text.length / 100) + 1;
    for (const [character, found] of places) if (found.length > most) places.delete(character);
  }
  return places;
}

/** The longest common block of both spans; of several, the one first in `left`, then first in `right`. */
function longestBlock(
  left: readonly string[],
  right: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  span: Span,
): { leftStart: number; rightStart: number; size: number } {
  let { leftStart, rightStart } = span;
  let size = 0;
  // Length of the common block that ends at this position of `right` and at the previous row's position of `left`.
  let lengths = new Map<number, number>();
  for (let i = span.leftStart; i < span.leftEnd; i++) {
    const row = new Map<number, number>();
    for (const j of places.get(left[i] as string) ?? []) {
      if (j < span.rightStart) continue;
      if (j >= span.rightEnd) break;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      row.set(j, length);
      if (length > size) {
        size = length;
        leftStart = i - length + 1;
        rightStart = j - length + 1;
      }
    }
    lengths = row;
  }
  // Characters that were left out above may still extend a block of others.
  while (
    leftStart > span.leftStart &&
    rightStart > span.rightStart &&
    left[leftStart - 1] === right[rightStart - 1]
  ) {
    leftStart--;
    rightStart--;
    size++;
  }
  while (
    leftStart + size < span.leftEnd &&
    rightStart + size < span.rightEnd &&
    left[leftStart + size] === right[rightStart + size]
  ) {
    size++;
  }
  return { leftStart, rightStart, size };
}
