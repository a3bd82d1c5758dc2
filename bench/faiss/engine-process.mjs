/**
 * Runs one engine in a separate process. It reads commands as lines of JSON on standard input and answers on standard output:
 * `{ build: { vectors, n, d, threads, kind, m, efConstruction } }` → `{ ms }`;
 * `{ search: { queries, first, count, d, k, ef } }` → `{ ms, ids }`. Times are taken here, around the engine's own call.
 */
import { createInterface } from "node:readline";
import { engines } from "./engines.mjs";
import { readRows } from "./read-rows.mjs";

const engine = engines[process.argv[2]];
let index;

const answers = {
  async build(options) {
    const reading = { ms: 0 };
    const rows = () => timed(readRows(options.vectors, options.d, 0, options.n), reading);
    const prepared = await engine.prepare(options, rows);
    reading.ms = 0;
    const begun = performance.now();
    index = await prepared();
    return {
      ms: performance.now() - begun - reading.ms,
      rssMib: Math.round(process.memoryUsage().rss / 2 ** 20),
    };
  },
  async search({ queries, first, count, d, k, ef }) {
    const rows = [...readRows(queries, d, first, count)][0];
    const begun = performance.now();
    const ids = await index.search(rows, k, ef);
    return { ms: performance.now() - begun, ids };
  },
};

/** Yields the pieces, and adds up the time to read them, which is not counted for faiss either. */
function* timed(pieces, reading) {
  while (true) {
    const begun = performance.now();
    const { value, done } = pieces.next();
    reading.ms += performance.now() - begun;
    if (done) return;
    yield value;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const [[name, body]] = Object.entries(JSON.parse(line));
  try {
    process.stdout.write(`${JSON.stringify(await answers[name](body))}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ error: String(error?.stack ?? error) })}\n`);
  }
}
