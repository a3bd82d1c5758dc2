/**
 * Runs texts in batches of similar length, the longest first, and returns the results in the texts' order.
 *
 * @template T, R
 * @param {readonly T[]} texts
 * @param {number} size
 * @param {(batch: T[]) => Promise<readonly R[]>} run
 * @returns {Promise<R[]>}
 */
export async function batchesOf(texts, size, run) {
  const length = (text) => [text].flat().reduce((sum, part) => sum + part.length, 0);
  const order = [...texts.keys()].sort((a, b) => length(texts[b]) - length(texts[a]));
  const results = new Array(texts.length);
  for (let start = 0; start < order.length; start += size) {
    const places = order.slice(start, start + size);
    const rows = await run(places.map((place) => texts[place]));
    places.forEach((place, i) => {
      results[place] = rows[i];
    });
  }
  return results;
}
