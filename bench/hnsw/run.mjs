/**
 * Compares graphs with hnswlib and faiss: queries a second at equal recall, the same M and efConstruction, on embeddings of real texts. Searches run on one
 * thread, building on as many as `--threads` says, in all three.
 *
 *     npm run bench -- hnsw [--n 100000] [--d 384] [--sets real] [--m 32] [--ef-construction 200] [--ef 10,16,24,32,48,64,96,128,192,256,384,512]
 *       [--k 10] [--queries 256] [--threads 1] [--filters 1,10,50] [--only ours,faiss] [--runs 9] [--keep-graphs] [--quick] [--json]
 *
 * The vectors are those of `npm run bench -- search`. Every efSearch is measured in turns; queries are sent one by one. Times at a recall of .95 and .99
 * are interpolated. `ours` and `peers` are milliseconds a query there, `qps` is queries a second. `--quick`: 30,000 vectors and M 16, under 4 minutes.
 *
 * `--keep-graphs`: writes the graphs below BENCH_CACHE, and opens those that an earlier run wrote: a second run only searches. Their files are as large as the vectors.
 *
 * A million vectors, M 16: `--n 1000000 --m 16 --threads 2 --runs 5 --keep-graphs`. Building takes 15 to 25 minutes on 2 cores, all together 7 GB of memory.
 *
 * `--filters`: also searches at efSearch 64 with filters that allow so many percent of the vectors, at random; `filters` has recall among those and milliseconds a
 * query. hnswlib calls a Python function for each vector that it meets, so its times mean nothing.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { filterFile } from "../search/filter-file.mjs";
import { vectorSet } from "../search/vector-set.mjs";
import { Figures } from "../support/figures.mjs";
import { installPeers } from "../support/install-peers.mjs";
import { PeerProcess } from "../support/peer-process.mjs";
import { RECALLS, recallCurves, recallOf, reportCurves, trueNeighbours } from "../support/recall-curves.mjs";
import { builtGraph } from "./built-graph.mjs";

const { values: flags } = parseArgs({
  options: {
    n: { type: "string" },
    d: { type: "string", default: "384" },
    sets: { type: "string", default: "real" },
    m: { type: "string" },
    "ef-construction": { type: "string", default: "200" },
    ef: { type: "string", default: "10,16,24,32,48,64,96,128,192,256,384,512" },
    k: { type: "string", default: "10" },
    queries: { type: "string", default: "256" },
    threads: { type: "string", default: "1" },
    filters: { type: "string", default: "" },
    only: { type: "string" },
    runs: { type: "string" },
    "keep-graphs": { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const n = Number(flags.n ?? (flags.quick ? 30_000 : 100_000));
const m = Number(flags.m ?? (flags.quick ? 16 : 32));
const [d, k, count] = [flags.d, flags.k, flags.queries].map(Number);
const threads = Number(flags.threads);
const efs = flags.ef.split(",").map(Number);
const runs = Number(flags.runs ?? (flags.quick ? 5 : 9));
const filters = flags.filters.split(",").filter(Boolean).map(Number);
/** efSearch under a filter. */
const FILTER_EF = 64;
const say = flags.json ? () => {} : (text) => console.log(text);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const names = ["ours", "hnswlib", "faiss"].filter((name) => flags.only?.split(",").includes(name) ?? true);

const { python } = installPeers();
const sets = flags.sets.split(",");
const figures = new Figures("hnsw", { jobs: sets.length * RECALLS.length });
figures.note("graph", { n, d, m, efConstruction: Number(flags["ef-construction"]), k });
figures.note("threads", { build: threads, search: 1 });
for (const set of sets) await compare(set);
figures.print();

async function compare(set) {
  const { vectors, queries } = vectorSet(set, { n, d, python });
  say(`\n## ${set}, ${n} × ${d}, M ${m}, efConstruction ${flags["ef-construction"]}\n`);
  const engines = new Map();
  try {
    for (const name of names) {
      const engine =
        name === "ours"
          ? new PeerProcess(process.execPath, here("./our-graph.mjs"))
          : new PeerProcess(python, here("./hnsw-peer.py"), { OMP_NUM_THREADS: "1" });
      const efConstruction = Number(flags["ef-construction"]);
      const request = { engine: name, vectors, n, d, m, efConstruction, threads };
      const built = await builtGraph(engine, request, { set, kept: flags["keep-graphs"] });
      figures.add("build", set, name, built);
      const seconds = (built.ms / 1000).toFixed(1);
      say(
        `- ${name}: built in ${seconds} s${built.opened ? " by an earlier run" : ""}, ${built.residentMib} MiB resident`,
      );
      engines.set(name, engine);
    }
    const truth = await trueNeighbours(python, { vectors, n, d, queries, count, k });
    const values = efs.filter((each) => each >= k);
    const curves = await recallCurves(engines, {
      setting: "ef",
      values,
      request: { queries, count, k },
      truth,
      runs,
    });
    reportCurves(curves, { set, setting: "efSearch", runs, figures, say });
    await filtered(set, engines, vectors, queries);
  } finally {
    await Promise.all([...engines.values()].map((engine) => engine.end()));
  }
}

/** Recall and times under filters. */
async function filtered(set, engines, vectors, queries) {
  for (const percent of filters) {
    const allowed = filterFile(n, percent);
    const truth = await trueNeighbours(python, { vectors, n, d, queries, count, k, allowed });
    for (const [name, engine] of engines) {
      const request = { call: "search", queries, first: 0, count, k, ef: FILTER_EF, allowed };
      await engine.call(request);
      const { ms, ids } = await engine.call(request);
      const found = { recall: recallOf(ids, truth, k), msPerQuery: ms / count };
      figures.add("filters", `${set}, ${percent} %`, name, found);
      say(
        `- filter of ${percent} %: ${name}: recall ${found.recall.toFixed(4)}, ${found.msPerQuery.toFixed(3)} ms a query`,
      );
    }
  }
}
