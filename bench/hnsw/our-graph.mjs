/** Our graph, as users get it: answers one JSON line with one, like hnsw-peer.py. */
import { readFileSync } from "node:fs";
import { IndexHNSWFlat, readIndexFile, writeIndexFile } from "@secondpass/faiss";
import { readRows } from "../faiss/read-rows.mjs";
import { answerCalls } from "../support/answer-calls.mjs";
import { memoryFigures } from "../support/memory-figures.mjs";

let index;

await answerCalls({
  async build({ vectors, n, d, m, efConstruction, threads }) {
    index = new IndexHNSWFlat(d, { m, efConstruction, threads });
    let ms = 0;
    for (const piece of readRows(vectors, d, 0, n)) {
      const begun = performance.now();
      await index.add(piece);
      ms += performance.now() - begun;
    }
    return { ms, residentMib: memoryFigures().residentMib };
  },
  async write({ file }) {
    await writeIndexFile(file, index);
  },
  async open({ file }) {
    index = await readIndexFile(file);
  },
  async search({ queries, first, count, k, ef, allowed }) {
    const filter = allowed ? new Uint8Array(readFileSync(allowed)) : undefined;
    const d = index.dimensions;
    const rows = [...readRows(queries, d, first, count)][0];
    const ids = [];
    const begun = performance.now();
    // One by one, as users search.
    for (let i = 0; i < count; i++) {
      const { labels } = await index.search(rows.subarray(i * d, (i + 1) * d), k, { efSearch: ef, filter });
      ids.push(Array.from(labels, Number));
    }
    return { ms: performance.now() - begun, ids };
  },
});
