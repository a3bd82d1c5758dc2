/** Minimum and range of each row of a table: [rows, columns]. */
export function rowRanges(
  table: ArrayLike<number>,
  columns: number,
): { least: Float32Array; widest: number; spans: number; leasts: number } {
  const least = new Float32Array(table.length / columns);
  let [widest, spans, leasts] = [0, 0, 0];
  for (let row = 0; row < least.length; row++) {
    let [low, high] = [Infinity, -Infinity];
    for (let i = row * columns; i < (row + 1) * columns; i++) {
      low = Math.min(low, table[i]!);
      high = Math.max(high, table[i]!);
    }
    least[row] = low;
    const span = Math.fround(Math.fround(high) - Math.fround(low));
    widest = Math.max(widest, span);
    spans += span;
    leasts += least[row]!;
  }
  return { least, widest, spans, leasts };
}

/** Rounds a table's entries to 8 bits as in faiss's fast scan. @param scale 255 for the widest row */
export function roundTable(
  table: ArrayLike<number>,
  columns: number,
  least: Float32Array,
  scale: number,
): Uint8Array {
  const rounded = new Uint8Array(table.length);
  for (let i = 0; i < rounded.length; i++) {
    const above = Math.fround(Math.fround(table[i]!) - least[Math.floor(i / columns)]!);
    rounded[i] = Math.floor(Math.fround(above * scale) + 0.5);
  }
  return rounded;
}
