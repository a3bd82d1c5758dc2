/**
 * Our exact index, as users run it: answers one JSON line with one, like faiss-peer.py.
 *
 *     node our-index.mjs
 */
import { readFileSync } from "node:fs";
import { IndexFlatIP, IndexFlatL2 } from "@secondpass/faiss";
import { readRows } from "../faiss/read-rows.mjs";
import { answerCalls } from "../support/answer-calls.mjs";
import { memoryFigures } from "../support/memory-figures.mjs";

let index;
const bitmaps = new Map();

await answerCalls({
  async build({ vectors, n, d, metric, options }) {
    const Index = metric === "l2" ? IndexFlatL2 : IndexFlatIP;
    const begun = performance.now();
    index = new Index(d, options);
    for (const piece of readRows(vectors, d, 0, n)) await index.add(piece);
    await index.prepare();
    const ms = performance.now() - begun;
    return { ms, residentMib: memoryFigures().residentMib };
  },
  async search({ queries, first, count, k, allowed }) {
    const rows = [...readRows(queries, index.dimensions, first, count)][0];
    const options = allowed ? { filter: bitmapOf(allowed) } : {};
    const begun = performance.now();
    const { labels } = await index.search(rows, k, options);
    const ms = performance.now() - begun;
    const ids = Array.from({ length: count }, (_, i) =>
      Array.from(labels.subarray(i * k, (i + 1) * k), Number),
    );
    return { ms, ids };
  },
});

function bitmapOf(file) {
  if (!bitmaps.has(file)) bitmaps.set(file, new Uint8Array(readFileSync(file)));
  return bitmaps.get(file);
}
