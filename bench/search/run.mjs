/**
 * Compares exact search with faiss's strongest exact indexes, one thread each: Flat by its own loops and by BLAS, Panorama, and Panorama after a PCA
 * rotation. One query, 32 at once, and filters that allow 1, 10 and 50 %; squared L2 and inner product; ids are compared with float64 brute force.
 *
 *     npm run bench -- search [--n 1000000] [--d 384,768] [--sets real,random] [--metrics l2,ip] [--filters 1,10,50] [--k 20] [--levels 8]
 *       [--only ours,panorama-pca] [--options '{"int8":false}'] [--runs 15] [--seconds 60] [--keep] [--quick] [--json]
 *
 * The real vectors are 20,000 texts of ../shared/data by PyPI's MiniLM (384), or 6,000 by its mpnet (768), enlarged to n by mixing pairs and a little noise, which
 * keeps the spectrum; queries are other texts. They are made once, in minutes. Each index has its own process; they take turns at the same queries.
 * faiss gets huge pages from glibc (GLIBC_TUNABLES), which make it faster where the system gives them on request. `--levels`: of Panorama. `--options`:
 * of our index. `--quick`: the real vectors of 384 dimensions by L2, with the filter of 10 %; under 4 minutes once the vectors are there. A million vectors take
 * 8 GB of memory at 384 dimensions and 16 at 768.
 */
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Figures } from "../support/figures.mjs";
import { installPeers } from "../support/install-peers.mjs";
import { PeerProcess } from "../support/peer-process.mjs";
import { median } from "../support/quantile.mjs";
import { takeTurns } from "../support/take-turns.mjs";
import { filterFile } from "./filter-file.mjs";
import { vectorSet } from "./vector-set.mjs";

const { values: flags } = parseArgs({
  options: {
    n: { type: "string", default: "1000000" },
    d: { type: "string" },
    sets: { type: "string" },
    metrics: { type: "string" },
    filters: { type: "string" },
    k: { type: "string", default: "20" },
    levels: { type: "string", default: "8" },
    only: { type: "string" },
    options: { type: "string", default: "{}" },
    runs: { type: "string" },
    seconds: { type: "string" },
    keep: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const list = (value, whole, quick) => (value ?? (flags.quick ? quick : whole)).split(",");
const [n, k] = [Number(flags.n), Number(flags.k)];
const sets = list(flags.sets, "real,random", "real");
const dimensions = list(flags.d, "384,768", "384").map(Number);
const metrics = list(flags.metrics, "l2,ip", "l2");
const filters = list(flags.filters, "1,10,50", "10").map(Number);
const runs = Number(flags.runs ?? (flags.quick ? 9 : 15));
const budgetMs = 1000 * Number(flags.seconds ?? (flags.quick ? 20 : 60));
const wanted = flags.only?.split(",");
const say = flags.json ? () => {} : (text) => console.log(text);

/** Vectors of this size are enlarged again in half a minute. */
const LARGE_BYTES = 5e8;
/** Queries of the set that are searched. */
const QUERIES = 64;
/** WebAssembly and JavaScript are optimised only after they have run a while. */
const WARM_UP = { rounds: 10, ms: 1000 };
const HUGE_PAGES = {
  GLIBC_TUNABLES: "glibc.malloc.hugetlb=1",
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
};
const FAISS = ["flat", "panorama", "panorama-pca"];
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const isWanted = (name) => wanted === undefined || wanted.includes(name);

const jobs = [
  { label: "1 query", count: 1 },
  { label: "32 queries", count: 32 },
  ...filters.map((share) => ({ label: `1 query, filter ${share} %`, count: 1, share })),
];
const { python } = installPeers();
const figures = new Figures("search", {
  jobs: sets.length * dimensions.length * metrics.length * jobs.length,
});
for (const set of sets) {
  for (const d of dimensions) {
    const { vectors, queries, spectrum } = vectorSet(set, { n, d, python });
    figures.add("spectrum", `${set} ${d}`, "variance", spectrum);
    for (const metric of metrics) await compare({ set, d, metric, vectors, queries });
    if (!flags.keep && n * d * 4 > LARGE_BYTES) rmSync(vectors);
  }
}
figures.note("threads", 1);
figures.note("hugePages", HUGE_PAGES.GLIBC_TUNABLES);
figures.print();

/** Builds all indexes of a metric, then lets them take turns at each job. */
async function compare({ set, d, metric, vectors, queries }) {
  const title = `${set}, ${n} × ${d}, ${metric}`;
  say(`\n## ${title}\n`);
  const indexes = new Map();
  try {
    for (const name of ["ours", ...FAISS].filter(isWanted)) {
      const index = start(name);
      try {
        const options =
          name === "ours"
            ? { options: { threads: 1, ...JSON.parse(flags.options) } }
            : { index: name, levels: Number(flags.levels) };
        const built = await index.call({ call: "build", vectors, n, d, metric, ...options });
        figures.add("build", title, name, { ms: built.ms, residentMib: built.residentMib });
        if (built.version) figures.note("faiss", built.version);
        say(`- ${name}: built in ${(built.ms / 1000).toFixed(1)} s, ${built.residentMib} MiB resident`);
        indexes.set(name, index);
      } catch (error) {
        figures.add("leftOut", title, name, error.message);
        say(`- ${name} is left out: ${error.message}`);
        await index.end();
      }
    }
    const brute = new PeerProcess(python, here("./truth.py"));
    const truths = new Map();
    for (const { label, count, share } of jobs) {
      const allowed = share === undefined ? null : filterFile(n, share);
      const truthRequest = { vectors, n, d, queries, count: QUERIES, metric, k, allowed };
      if (!truths.has(allowed))
        truths.set(allowed, (await brute.call({ call: "neighbours", ...truthRequest })).ids);
      await measure(`${title}, ${label}`, { indexes, queries, count, allowed, truth: truths.get(allowed) });
    }
    await brute.end();
  } finally {
    await Promise.all([...indexes.values()].map((index) => index.end()));
  }
}

function start(name) {
  return name === "ours"
    ? new PeerProcess(process.execPath, here("./our-index.mjs"))
    : new PeerProcess(python, here("./faiss-peer.py"), HUGE_PAGES);
}

async function measure(job, { indexes, queries, count, allowed, truth }) {
  const contenders = {};
  const right = {};
  for (const [name, { index, settings }] of Object.entries(contestants(indexes, allowed))) {
    const turn = async (round) => {
      const first = (round * count) % (QUERIES - count + 1);
      const { ms, ids } = await index.call({
        call: "search",
        queries,
        first,
        count,
        k,
        allowed,
        ...settings,
      });
      right[name] ??= [];
      for (const [i, found] of ids.entries())
        right[name].push(found.join() === truth[first + i].join() ? 1 : 0);
      return ms / count;
    };
    try {
      for (let round = 0, spent = 0; round < WARM_UP.rounds && spent < WARM_UP.ms; round++)
        spent += (await turn(round)) * count;
      contenders[name] = turn;
    } catch (error) {
      figures.add("leftOut", job, name, error.message);
    }
  }
  const times = await takeTurns(contenders, { rounds: runs, budgetMs });
  const { ours, ...peers } = times;
  if (ours) figures.addTimes(job, { ours: { ours }, peers, base: "ours" });
  say(`\n### ${job}\n\n| index | ms a query | times ours | lists equal to float64's |\n|---|---:|---:|---:|`);
  for (const [name, own] of Object.entries(times)) {
    const equal = right[name].reduce((sum, each) => sum + each, 0) / right[name].length;
    figures.add("equalIds", job, name, equal);
    const ratio = ours ? median(own.map((ms, round) => ms / ours[round])) : Number.NaN;
    say(`| ${name} | ${median(own).toFixed(2)} | ${ratio.toFixed(2)} | ${(100 * equal).toFixed(0)} % |`);
  }
}

/** Ways to search: with a filter, by either kind of selector; else by loops or by products of matrices. */
function contestants(indexes, allowed) {
  const ways = {};
  for (const [name, index] of indexes) {
    if (name === "ours") ways.ours = { index, settings: {} };
    else if (allowed) {
      ways[`faiss-${name}-bitmap`] = { index, settings: { selector: "bitmap" } };
      if (name === "flat") ways[`faiss-${name}-batch`] = { index, settings: { selector: "batch" } };
    } else {
      ways[`faiss-${name}`] = { index, settings: {} };
      if (name === "flat") ways[`faiss-${name}-blas`] = { index, settings: { blas: true } };
    }
  }
  return ways;
}
