/**
 * Compares BM25 with bm25s (Python, with numba), tantivy (Python's binding) and MiniSearch over the same texts, one thread each.
 *
 *     python3 -m venv DIR && DIR/bin/pip install bm25s==0.3.16 numba==0.68.1 tantivy
 *     BENCH_PYTHON=DIR/bin/python npm run bench -- lexical [--n 1000000] [--queries 400] [--k 10] [--engines ours,bm25s,tantivy,MiniSearch]
 *
 * The texts are made up: words of a Zipf distribution over 200,000, 40 to 120 in a text; a question has 2 to 6 words of a text. All engines cut them at spaces, without
 * stems and stop words, so that they do the same work; "ours, English" is our default analyzer. Each engine has its own process: it builds and saves, then another
 * process loads and answers. Our files and MiniSearch's hold what is returned of a document; ours the texts, too. tantivy's and MiniSearch's scores are on their own scales. The engines take turns at the questions, twenty at a time. At a million texts this takes some 6 GB of memory and 3 GB of disk.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { machine } from "../support/machine.mjs";
import { PeerProcess } from "../support/peer-process.mjs";
import { quantile } from "../support/quantile.mjs";
import { makeCorpus } from "./make-corpus.mjs";

const { values: flags } = parseArgs({
  options: {
    n: { type: "string", default: "1000000" },
    queries: { type: "string", default: "400" },
    k: { type: "string", default: "10" },
    engines: { type: "string", default: "ours,ours (English),bm25s,tantivy,MiniSearch" },
  },
});
const [n, questionCount, k] = [Number(flags.n), Number(flags.queries), Number(flags.k)];
/** MiniSearch takes some 13 KB of memory a text (1.3 GB at 100,000), of which Node's heap has 4 GB, and is saved as one text, which may have 0.5 GB in V8 and would have 0.8 GB at a million. */
const MINISEARCH_LIMIT = 250_000;
const python = process.env.BENCH_PYTHON;
/** Questions that an engine answers in a turn. */
const TURN = 20;

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const isPython = (engine) => engine === "bm25s" || engine === "tantivy";
const start = (engine) =>
  isPython(engine)
    ? new PeerProcess(python, here("peers.py"))
    : new PeerProcess(process.execPath, here("engine.mjs"));

const folder = mkdtempSync(join(tmpdir(), "bench-lexical-"));
const engines = flags.engines.split(",").filter((engine) => !isPython(engine) || python !== undefined);
const rows = {};
try {
  const questions = await makeCorpus(join(folder, "texts.txt"), n, questionCount);
  for (const engine of engines) {
    if (engine === "MiniSearch" && n > MINISEARCH_LIMIT) {
      rows[engine] = {
        error: "not run: more memory than Node's heap has, and a saved text that is too long for V8",
      };
      continue;
    }
    const place = join(folder, engine.replaceAll(/\W/g, ""));
    mkdirSync(place);
    const builder = start(engine);
    try {
      const { peakMib, ...built } = await builder.call({ engine, build: join(folder, "texts.txt"), place });
      rows[engine] = { ...built, buildPeakMib: peakMib };
    } catch (error) {
      rows[engine] = { error: error.message };
    }
    await builder.end();
    console.error(engine, rows[engine]);
  }
  const ready = engines.filter((engine) => rows[engine].error === undefined);
  const peers = {};
  for (const engine of ready) {
    peers[engine] = start(engine);
    Object.assign(
      rows[engine],
      await peers[engine].call({ engine, load: join(folder, engine.replaceAll(/\W/g, "")) }),
    );
    rows[engine].times = [];
    rows[engine].found = [];
    // All of them once, to warm up: code is compiled, pages are read.
    await peers[engine].call({ engine, questions, k });
  }
  for (let at = 0; at < questions.length; at += TURN) {
    for (const engine of shuffled(ready)) {
      const { times, found } = await peers[engine].call({
        engine,
        questions: questions.slice(at, at + TURN),
        k,
      });
      rows[engine].times.push(...times);
      rows[engine].found.push(...found);
    }
  }
  for (const engine of ready) {
    Object.assign(rows[engine], await peers[engine].call({ engine, memory: true }));
    await peers[engine].end();
  }
  console.log(`## BM25 over ${n} texts: ${machine()}\n`);
  console.log(`${questions.length} questions, the best ${k}, one at a time on one thread, warm.\n`);
  console.log(
    "| engine | build, s | its peak, MiB | files, MB | load, s | memory, MiB | p50, ms | p99, ms | same ids as bm25s | largest difference of scores |",
  );
  console.log("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
  for (const engine of engines) console.log(line(engine, rows[engine], rows.bm25s));
} finally {
  rmSync(folder, { recursive: true });
}

function line(engine, row, reference) {
  if (row.error !== undefined) return `| ${engine} | ${row.error.slice(0, 100)} |`;
  const { buildMs, buildPeakMib, bytes, loadMs, residentMib, times, found } = row;
  const ms = (share) => quantile(times, share).toFixed(2);
  const same = reference?.found && !engine.includes("English") ? agreement(found, reference.found) : ["", ""];
  const cells = [
    (buildMs / 1000).toFixed(1),
    buildPeakMib,
    (bytes / 1e6).toFixed(0),
    (loadMs / 1000).toFixed(2),
    residentMib,
    ms(0.5),
    ms(0.99),
    ...same,
  ];
  return `| ${engine} | ${cells.join(" | ")} |`;
}

/** Share of the ids that both found, and how far the scores at the same ranks are from one another. */
function agreement(found, reference) {
  let [shared, all, most] = [0, 0, 0];
  for (const [i, { ids, scores }] of found.entries()) {
    const theirs = new Set(reference[i].ids);
    all += theirs.size;
    shared += ids.filter((id) => theirs.has(id)).length;
    for (const [rank, score] of scores.entries())
      most = Math.max(most, Math.abs(score - (reference[i].scores[rank] ?? 0)));
  }
  return [`${((100 * shared) / all).toFixed(1)} %`, most.toExponential(1)];
}

function shuffled(list) {
  const rest = [...list];
  return list.map(() => rest.splice(Math.floor(Math.random() * rest.length), 1)[0]);
}
