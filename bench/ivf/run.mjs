/**
 * Compares codes of one bit with vectors on disk with faiss's IVF of vectors and its codes refined by vectors in memory: queries a second at equal recall,
 * and memory, on one thread, with the same lists, on embeddings of real texts.
 *
 *     npm run bench -- ivf [--n 100000] [--d 384] [--sets real] [--nlist 1265] [--train 64] [--rerank 10] [--nprobe 1,2,4,8,16,32,64,128,256,512]
 *       [--k 10] [--queries 256] [--only ours,ours-in-memory,ivfflat,ivfrabitq] [--runs 9] [--quick] [--json]
 *
 * The vectors are those of `npm run bench -- search`. Each engine trains with `--train` vectors a list, adds all, and writes its index below BENCH_CACHE; another
 * process opens that: `ours` with its vectors left in the file, `ours-in-memory` with all in memory, as faiss. `memory` is what that process takes in MiB after all searches: resident, and of that what is its own
 * (not pages of files). The files of all engines are there at the same time: use `--only` for large sets. `--quick`: 30,000 vectors, under 4 minutes.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { vectorSet } from "../search/vector-set.mjs";
import { cacheFolder } from "../support/cache-folder.mjs";
import { Figures } from "../support/figures.mjs";
import { installPeers } from "../support/install-peers.mjs";
import { PeerProcess } from "../support/peer-process.mjs";
import { RECALLS, recallCurves, reportCurves, trueNeighbours } from "../support/recall-curves.mjs";

const { values: flags } = parseArgs({
  options: {
    n: { type: "string" },
    d: { type: "string", default: "384" },
    sets: { type: "string", default: "real" },
    nlist: { type: "string" },
    train: { type: "string", default: "64" },
    rerank: { type: "string", default: "10" },
    nprobe: { type: "string", default: "1,2,4,8,16,32,64,128,256,512" },
    k: { type: "string", default: "10" },
    queries: { type: "string", default: "256" },
    only: { type: "string" },
    runs: { type: "string" },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const n = Number(flags.n ?? (flags.quick ? 30_000 : 100_000));
const nlist = Number(flags.nlist ?? Math.ceil(4 * Math.sqrt(n)));
const [d, k, count, rerank] = [flags.d, flags.k, flags.queries, flags.rerank].map(Number);
const train = Math.min(n, Number(flags.train) * nlist);
const values = flags.nprobe
  .split(",")
  .map(Number)
  .filter((nprobe) => nprobe <= nlist);
const runs = Number(flags.runs ?? (flags.quick ? 3 : 9));
const say = flags.json ? () => {} : (text) => console.log(text);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const names = ["ours", "ours-in-memory", "ivfflat", "ivfrabitq"].filter(
  (name) => flags.only?.split(",").includes(name) ?? true,
);

const { python } = installPeers();
const sets = flags.sets.split(",");
const figures = new Figures("ivf", { jobs: sets.length * RECALLS.length });
figures.note("lists", { n, d, nlist, train, rerank, k });
figures.note("threads", 1);
const folder = cacheFolder("ivf", String(process.pid));
mkdirSync(folder, { recursive: true });
try {
  for (const set of sets) await compare(set);
} finally {
  rmSync(folder, { recursive: true });
}
figures.print();

async function compare(set) {
  const { vectors, queries } = vectorSet(set, { n, d, python });
  say(`\n## ${set}, ${n} × ${d}, ${nlist} lists, ${rerank} candidates a result\n`);
  const engines = new Map();
  try {
    for (const name of names) {
      const file = join(folder, `${set}-${name}.faiss`);
      const builder = engineOf(name);
      const built = await builder.call({
        call: "build",
        engine: name,
        vectors,
        n,
        d,
        nlist,
        train,
        rerank,
        file,
      });
      await builder.end();
      const engine = engineOf(name);
      engines.set(name, engine);
      await engine.call({ call: "open", engine: name, file });
      // What has been read into memory, or is held open, needs no name.
      rmSync(file);
      figures.add("build", set, name, built);
      say(`- ${name}: built in ${(built.ms / 1000).toFixed(1)} s, ${built.fileMib} MiB in its file`);
    }
    const truth = await trueNeighbours(python, { vectors, n, d, queries, count, k });
    const request = { queries, count, k };
    const curves = await recallCurves(engines, { setting: "nprobe", values, request, truth, runs });
    reportCurves(curves, { set, setting: "nprobe", runs, figures, say });
    for (const [name, engine] of engines) {
      const memory = await engine.call({ call: "memory" });
      figures.add("memory", set, name, memory);
      say(`- ${name}: ${memory.residentMib} MiB resident, ${memory.privateMib} private`);
    }
  } finally {
    await Promise.all([...engines.values()].map((engine) => engine.end()));
  }
}

function engineOf(name) {
  if (name.startsWith("ours")) return new PeerProcess(process.execPath, here("./our-lists.mjs"));
  return new PeerProcess(python, here("./ivf-peer.py"), { OMP_NUM_THREADS: "1" });
}
