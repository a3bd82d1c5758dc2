/**
 * Builds, saves, loads and searches a large FaissStore in both LangChain layouts, and prints for each step its time,
 * the process's peak memory, and how long the event loop was blocked: the longest of all turns, and the time that 99
 * of 100 stay below.
 *
 *   node bench/faiss-store/large-store.mjs [--documents 1000000] [--characters 500] [--dimensions 384]
 *     [--index flat|hnsw|ivf] [--dir DIR] [--keep]
 *
 * Saving and each way of loading run in separate processes, so that each has its own peak memory. At full size it needs
 * about 5 GB of disk. With --max-rss GB it fails when a process takes more.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Document } from "@langchain/core/documents";
import { FaissStore } from "@secondpass/vectorstore-faiss";
import { quantile } from "../support/quantile.mjs";

const BATCH = 5_000;
const STEPS = ["build and save", "load for Python", "load for JavaScript"];

const { values: args } = parseArgs({
  options: {
    documents: { type: "string", default: "1000000" },
    characters: { type: "string", default: "500" },
    dimensions: { type: "string", default: "384" },
    index: { type: "string", default: "flat" },
    dir: { type: "string" },
    keep: { type: "boolean", default: false },
    step: { type: "string" },
    "max-rss": { type: "string", default: "8" },
  },
});
const documents = Number(args.documents);
const characters = Number(args.characters);
const dimensions = Number(args.dimensions);

/** No text is embedded here: queries come as vectors. */
const noEmbeddings = {
  embedDocuments: () => Promise.reject(new Error("Vectors come from elsewhere.")),
  embedQuery: () => Promise.reject(new Error("Vectors come from elsewhere.")),
};

function runAll() {
  const directory = args.dir ?? mkdtempSync(join(tmpdir(), "large-store-"));
  console.log(
    `${documents} documents of ${characters} characters, ${dimensions} dimensions, index ${args.index}`,
  );
  try {
    for (const step of STEPS) {
      const { status } = spawnSync(
        process.execPath,
        [fileURLToPath(import.meta.url), ...process.argv.slice(2), "--dir", directory, "--step", step],
        { stdio: "inherit" },
      );
      if (status !== 0) throw new Error(`"${step}" failed.`);
    }
  } finally {
    if (!args.keep && args.dir === undefined) rmSync(directory, { recursive: true, force: true });
  }
}

async function runStep(step) {
  if (step === STEPS[0]) {
    const store = await measured("build", build);
    await measured("save for Python", () => store.saveForPython(args.dir));
    await measured("save for JavaScript", () => store.save(args.dir));
    const some = Array.from({ length: 100 }, (_, i) => `id-${i * Math.floor(documents / 100)}`);
    await measured("delete 100 by id", () => store.delete({ ids: some }));
    await measured("delete two fifths", () => store.delete({ filter: { "loc.page": { $lt: 200 } } }));
    await measured("merge into another", () => new FaissStore(noEmbeddings).mergeFrom(store));
    await measured("delete all", () => store.delete({ deleteAll: true }));
  } else {
    const load = step === STEPS[1] ? FaissStore.loadFromPython : FaissStore.load;
    const store = await measured(step, () => load(args.dir, noEmbeddings));
    if (store.size !== documents) throw new Error(`Expected ${documents} documents, got ${store.size}.`);
    await measured("first search", () => searchOne(store, 1));
    await measured("search", () => searchOne(store, 2));
    await measured("search by metadata", () => searchOne(store, 3, { "loc.page": { $lt: 10 } }));
  }
  const peak = process.resourceUsage().maxRSS / 1024 ** 2;
  console.log(`  peak memory of this process: ${peak.toFixed(2)} GiB`);
  if (peak > Number(args["max-rss"])) throw new Error(`Expected at most ${args["max-rss"]} GiB.`);
}

async function build(watch) {
  watch.stop();
  const store = new FaissStore(noEmbeddings, { index: { kind: args.index } });
  for (let start = 0; start < documents; start += BATCH) {
    const count = Math.min(BATCH, documents - start);
    const vectors = Array.from({ length: count }, (_, i) => vectorOf(start + i));
    const batch = Array.from({ length: count }, (_, i) => documentOf(start + i));
    // The time to make up the data is not the store's.
    watch.start();
    await store.addVectors(vectors, batch);
    watch.stop();
  }
  return store;
}

async function searchOne(store, seed, filter) {
  const found = await store.similaritySearchVectorWithScore(vectorOf(seed * 7), 20, filter);
  if (filter === undefined && found[0][0].id !== `id-${seed * 7}`)
    throw new Error("The nearest was not found.");
}

function documentOf(number) {
  const words = `Document ${number} speaks of `;
  return new Document({
    id: `id-${number}`,
    pageContent:
      words +
      "retrieval ".repeat(Math.ceil(characters / 10)).slice(0, Math.max(0, characters - words.length)),
    metadata: { source: `corpus/file-${number % 1000}.txt`, loc: { page: number % 500, from: number } },
  });
}

/** The same number always has the same vector. */
function vectorOf(number) {
  let state = (number * 2654435761 + 1) >>> 0;
  return Float32Array.from({ length: dimensions }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Measures how long the event loop is blocked between `start` and `stop`. */
class LoopWatch {
  #holds = [];
  #last = 0;
  #timer;

  start() {
    this.#last = performance.now();
    this.#timer = setInterval(() => this.#look(), 1);
  }

  stop() {
    clearInterval(this.#timer);
    this.#look();
  }

  #look() {
    const now = performance.now();
    this.#holds.push(now - this.#last);
    this.#last = now;
  }

  /** The block, in milliseconds, that this share of all blocks does not exceed. */
  quantile(share) {
    return quantile(this.#holds, share);
  }
}

async function measured(name, work) {
  const watch = new LoopWatch();
  watch.start();
  const start = performance.now();
  const result = await work(watch);
  const seconds = (performance.now() - start) / 1000;
  watch.stop();
  const memory = process.memoryUsage().rss / 1024 ** 3;
  console.log(
    `  ${name.padEnd(22)} ${seconds.toFixed(2).padStart(8)} s   held p99 ${watch.quantile(0.99).toFixed(1).padStart(6)}, longest ${watch.quantile(1).toFixed(1).padStart(6)} ms   ${memory.toFixed(2)} GiB`,
  );
  return result;
}

if (args.step === undefined) runAll();
else await runStep(args.step);
