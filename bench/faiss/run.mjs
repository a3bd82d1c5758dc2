/**
 * Compares vector search with faiss-cpu, usearch, hnswlib-node and LangChain's MemoryVectorStore over the same vectors.
 *
 *     npm install --prefix DIR hnswlib-node@3.0.0 usearch@2.26.2   # compiles; where it lacks Node's headers, --nodedir=/usr
 *     BENCH_PEERS=DIR FAISS_PYTHON=.venv/bin/python node bench/faiss/run.mjs [--n 10000,100000,1000000] [--d 384,768] [--k 20]
 *       [--queries 1,32] [--threads 1,2] [--rounds 15] [--kinds flat,hnsw] [--hnsw-n 100000] [--engines ours,faiss,…]
 *       [--out results] [--data DIR]
 *
 * Each engine has its own process and times its own calls; rounds are interleaved in random order, and each round's
 * time is compared with faiss's of the same round, so that other work of the machine affects all equally. Engines that are
 * not installed are left out, with a message. Vectors made in DIR are kept for the next run; at full size they take 5 GB.
 * MemoryVectorStore takes 4 GB of memory for a million vectors of 384, 7 GB of 768; all engines together 20 GB for those.
 * Recall says more about real embeddings, which embed-vectors.mjs puts into a separate DIR.
 */
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { machine } from "../support/machine.mjs";
import { median, quantile } from "../support/quantile.mjs";
import { Engine } from "./engine.mjs";
import { makeVectors } from "./make-vectors.mjs";

const { values: flags } = parseArgs({
  options: {
    n: { type: "string", default: "10000,100000,1000000" },
    d: { type: "string", default: "384,768" },
    k: { type: "string", default: "20" },
    queries: { type: "string", default: "1,32" },
    threads: { type: "string", default: "1,2" },
    rounds: { type: "string", default: "15" },
    kinds: { type: "string", default: "flat,hnsw" },
    "hnsw-n": { type: "string", default: "100000" },
    ef: { type: "string", default: "64" },
    m: { type: "string", default: "32" },
    "ef-construction": { type: "string", default: "200" },
    engines: { type: "string", default: "ours,faiss,usearch,hnswlib-node,MemoryVectorStore" },
    data: { type: "string" },
    out: { type: "string" },
  },
});
const numbers = (text) => text.split(",").map(Number);
const rounds = Number(flags.rounds);
const engineNames = flags.engines.split(",");

/** hnswlib-node has no exact search; MemoryVectorStore has nothing else, and one thread. */
const canRun = (name, { kind, threads }) =>
  name === "hnswlib-node"
    ? kind === "hnsw"
    : name !== "MemoryVectorStore" || (kind === "flat" && threads === 1);

/** MemoryVectorStore has no batches either: 32 queries would show the same as one, but take minutes. */
const answersBatches = ({ name }) => name !== "MemoryVectorStore";

const QUERIES = 256;
/** Searches to warm up: WASM and JavaScript are optimised only after they have run a while, and a graph's search is short. */
const WARM_UP = { rounds: 5, ms: 400 };

/** A search of this length needs only one to warm up, and few rounds instead of many, which would take minutes. */
const SLOW_MS = 1000;
const SLOW_ROUNDS = 7;

/** Pause between two turns on several threads: those of OpenMP and OpenBLAS spin for a while after their work. */
const SETTLE_MS = 40;
const folder = flags.data ?? mkdtempSync(join(tmpdir(), "bench-faiss-"));
const lines = [`## Vector search: ${machine()}`, ""];
const results = [];

try {
  for (const d of numbers(flags.d)) {
    const queries = writeVectors("queries", QUERIES, d, 2);
    for (const kind of flags.kinds.split(",")) {
      for (const n of numbers(kind === "flat" ? flags.n : flags["hnsw-n"])) {
        const vectors = writeVectors("vectors", n, d, 1);
        // One thread builds and searches a graph; exact scans share their work.
        for (const threads of kind === "flat" ? numbers(flags.threads) : [1]) {
          await compare({ kind, n, d, threads, vectors, queries });
        }
      }
    }
  }
} finally {
  if (flags.data === undefined) rmSync(folder, { recursive: true });
}
if (flags.out) {
  writeFileSync(`${flags.out}.md`, `${lines.join("\n")}\n`);
  writeFileSync(`${flags.out}.json`, `${JSON.stringify({ machine: machine(), flags, results }, null, 1)}\n`);
}

/** Builds in every engine that can, then lets them take turns at the same searches. */
async function compare({ kind, n, d, threads, vectors, queries }) {
  const engines = [];
  say(`### ${kind}, ${n} × ${d}, ${threads} thread${threads > 1 ? "s" : ""}`, "");
  for (const name of engineNames.filter((each) => canRun(each, { kind, n, threads }))) {
    const engine = new Engine(name, threads);
    try {
      const greeting = await engine.greeting();
      if (greeting) say(`- faiss ${greeting.version}: ${greeting.options}`);
      const options = {
        vectors,
        n,
        d,
        threads,
        kind,
        m: Number(flags.m),
        efConstruction: Number(flags["ef-construction"]),
      };
      const { ms, rssMib } = await engine.build(options);
      say(`- ${name}: built in ${(ms / 1000).toFixed(2)} s, ${rssMib} MiB`);
      results.push({ kind, n, d, threads, engine: name, buildMs: ms, rssMib });
      engines.push(engine);
    } catch (error) {
      say(`- ${name}: left out, ${error.message}`);
      engine.end();
    }
  }
  say(
    "",
    "| queries | engine | ms a query | middle half | times as fast as faiss | middle half | same ids as exact |",
  );
  say("|---:|---|---:|---:|---:|---:|---:|");
  const k = kind === "flat" ? Number(flags.k) : 10;
  const truth = kind === "hnsw" ? await exactNeighbours({ vectors, queries, n, d, k }) : undefined;
  for (const count of numbers(flags.queries)) {
    const able = count === 1 ? engines : engines.filter(answersBatches);
    await compareSearches(able, { kind, n, d, threads, k, count, queries, truth });
  }
  for (const engine of engines) engine.end();
  say("");
}

async function compareSearches(engines, { kind, n, d, threads, k, count, queries, truth }) {
  const runs = new Map(engines.map((engine) => [engine, []]));
  const search = (engine, round) => {
    const first = (round * count) % (QUERIES - count + 1);
    return engine.search({
      queries,
      first,
      count,
      d,
      k,
      ...(kind === "hnsw" ? { ef: Number(flags.ef) } : {}),
    });
  };
  // The first long search of ours starts its threads.
  const slow = new Set();
  for (const engine of engines) if ((await search(engine, 0)).ms > SLOW_MS) slow.add(engine);
  await sleep(300);
  for (const engine of engines) {
    if (slow.has(engine)) continue;
    for (let round = 0, spent = 0; round < WARM_UP.rounds || spent < WARM_UP.ms; round++) {
      spent += (await search(engine, round)).ms;
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const engine of shuffled(engines)) {
      if (slow.has(engine) && round >= SLOW_ROUNDS) continue;
      if (threads > 1) await sleep(SETTLE_MS);
      const { ms, ids } = await search(engine, round);
      runs.get(engine).push({ ms: ms / count, ids, first: (round * count) % (QUERIES - count + 1) });
    }
  }
  const base = runs.get(engines.find(({ name }) => name === "faiss") ?? engines[0]);
  for (const [engine, own] of runs) {
    const times = own.map(({ ms }) => ms);
    // Rounds without one of the two, because it is slow, are not compared.
    const both = own.slice(0, base.length);
    const ratios = both.map(({ ms }, round) => base[round].ms / ms);
    const same = (truth ? own : both).map((run, round) => {
      const expected = truth ? run.ids.map((_, i) => truth[run.first + i]) : base[round].ids;
      return shareOf(run.ids, expected);
    });
    const recall = same.reduce((sum, share) => sum + share, 0) / same.length;
    const row = { msMedian: median(times), ratioMedian: median(ratios), recall };
    results.push({ kind, n, d, threads, queries: count, engine: engine.name, ...row, times });
    say(
      `| ${count} | ${engine.name} | ${row.msMedian.toFixed(3)} | ${spread(times)} | **${row.ratioMedian.toFixed(2)}** | ` +
        `${spread(ratios)} | ${(recall * 100).toFixed(2)} % |`,
    );
  }
}

/** Neighbours of all queries by our exact scan, which the flat runs compare with faiss. */
async function exactNeighbours({ vectors, queries, n, d, k }) {
  const engine = new Engine("ours", 1);
  await engine.build({ vectors, n, d, threads: 1, kind: "flat" });
  const { ids } = await engine.search({ queries, first: 0, count: QUERIES, d, k });
  engine.end();
  return ids;
}

/** Share of the expected ids that are there. */
function shareOf(lists, expected) {
  let hits = 0;
  let total = 0;
  lists.forEach((ids, i) => {
    const wanted = new Set(expected[i]);
    total += wanted.size;
    hits += ids.filter((id) => wanted.has(id)).length;
  });
  return hits / total;
}

function writeVectors(name, count, d, seed) {
  const path = join(folder, `${name}-${count}-${d}.f32`);
  if (existsSync(path) && statSync(path).size === count * d * 4) return path;
  const file = openSync(path, "w");
  makeVectors(count, d, seed, (rows) => writeSync(file, rows));
  closeSync(file);
  return path;
}

function spread(values) {
  return `${quantile(values, 0.25).toFixed(2)}–${quantile(values, 0.75).toFixed(2)}`;
}

function shuffled(list) {
  const keyed = list.map((entry) => [Math.random(), entry]);
  return keyed.sort(([a], [b]) => a - b).map(([, entry]) => entry);
}

function say(...texts) {
  lines.push(...texts);
  for (const text of texts) console.log(text);
}
