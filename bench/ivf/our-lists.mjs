/** Our codes with vectors on disk, as users get them: answers one JSON line with one, like ivf-peer.py. */
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { createIndex, readIndexFile, writeIndexFile } from "@secondpass/faiss";
import { readRows } from "../faiss/read-rows.mjs";
import { answerCalls } from "../support/answer-calls.mjs";
import { memoryFigures } from "../support/memory-figures.mjs";

let index;

await answerCalls({
  async build({ vectors, n, d, nlist, train, rerank, file }) {
    const begun = performance.now();
    const option = { kind: "ivf-rabitq", nlist, rerank, rowsFolder: dirname(file) };
    const built = createIndex(option, { dimensions: d, metric: "l2", expectedVectors: n });
    const sample = new Float32Array(train * d);
    // From all over the file: neighbours in it may be alike.
    const step = Math.floor(n / train);
    let row = 0;
    for (const piece of readRows(vectors, d, 0, n)) {
      const rows = piece.length / d;
      for (let i = (step - (row % step)) % step; i < rows; i += step) {
        const at = (row + i) / step;
        if (at < train) sample.set(piece.subarray(i * d, (i + 1) * d), at * d);
      }
      row += rows;
    }
    await built.train(sample);
    for (const piece of readRows(vectors, d, 0, n)) await built.add(piece);
    const ms = performance.now() - begun;
    const { user, system } = process.cpuUsage();
    await writeIndexFile(file, built);
    built.dispose();
    const fileMib = Math.round(statSync(file).size / 2 ** 20);
    return { ms, processorMs: (user + system) / 1000, fileMib, ...memoryFigures() };
  },
  async open({ file, engine }) {
    index = await readIndexFile(file, { rowsOnDisk: engine === "ours" });
  },
  async search({ queries, first, count, k, nprobe }) {
    const d = index.dimensions;
    const rows = [...readRows(queries, d, first, count)][0];
    const ids = [];
    const begun = performance.now();
    // One by one, as users call it.
    for (let i = 0; i < count; i++) {
      const { labels } = await index.search(rows.subarray(i * d, (i + 1) * d), k, { nprobe });
      ids.push(Array.from(labels, Number));
    }
    return { ms: performance.now() - begun, ids };
  },
  memory: () => memoryFigures(),
});
