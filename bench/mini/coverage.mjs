/**
 * Share of the spans' characters that are in any of the ranges; a character in several ranges or spans counts once.
 * @param {readonly { corpus: string, start: number, end: number }[]} spans what should be found
 * @param {readonly { corpus: string, start: number, end: number }[]} ranges what was found
 */
export function coverage(spans, ranges) {
  const wanted = new Set();
  for (const { corpus, start, end } of spans) for (let i = start; i < end; i++) wanted.add(`${corpus} ${i}`);
  const total = wanted.size;
  for (const { corpus, start, end } of ranges)
    for (let i = start; i < end; i++) wanted.delete(`${corpus} ${i}`);
  return total === 0 ? 0 : (total - wanted.size) / total;
}
