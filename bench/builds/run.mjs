/**
 * Measures whether a change made anything slower: runs this checkout and another built one in turns.
 *
 *     git worktree add ../before main && (cd ../before && pnpm install && pnpm build)
 *     node bench/builds/run.mjs --before ../before [--jobs rerank,embed…] [--rounds 15] [--threads 2] [--out results]
 *
 * Ratios are speeds relative to before. The difference is the largest between the two builds' results.
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compete } from "../support/compete.mjs";
import { machine } from "../support/machine.mjs";
import { makeChunks, QUERY } from "../support/make-chunks.mjs";
import { prepareModel } from "../support/prepare-model.mjs";
import { publish } from "../support/publish.mjs";

const { values } = parseArgs({
  options: {
    before: { type: "string" },
    jobs: { type: "string" },
    rounds: { type: "string", default: "15" },
    threads: { type: "string", default: "2" },
    out: { type: "string" },
  },
});
if (values.before === undefined)
  throw new Error("Expected --before with the folder of another checkout, built.");

const all = {
  "rerank 20 chunks, fp32": { kind: "rerank", dtype: "fp32", query: QUERY, texts: makeChunks(20) },
  "rerank 20 chunks, int8": { kind: "rerank", dtype: "int8", query: QUERY, texts: makeChunks(20) },
  "rerank 100 chunks, int8": { kind: "rerank", dtype: "int8", query: QUERY, texts: makeChunks(100) },
  "embed 100 chunks": { kind: "embed", texts: makeChunks(100) },
  "count tokens of 2,000 chunks": { kind: "count tokens", texts: makeChunks(2000) },
  "split 2 MB": { kind: "split", text: makeChunks(6000).join("\n\n") },
  "search 20,000 x 384, 50 times": { kind: "search", times: 50 },
  "search with a filter, 10 times": {
    kind: "search",
    times: 10,
    filter: { source: { $in: ["file 3", "file 5"] } },
  },
  "save and load 20,000": { kind: "save and load", layout: "json" },
  "save and load 20,000 for Python": { kind: "save and load", layout: "python" },
};
const chosen = values.jobs?.split(",") ?? [""];
const jobs = Object.entries(all).filter(([name]) => chosen.some((word) => name.includes(word)));

const measured = await compete({
  module: new URL("./contenders.mjs", import.meta.url).href,
  contenders: { before: ["run"], after: ["run"] },
  jobs: Object.fromEntries(jobs),
  load: {
    roots: { before: resolve(values.before), after: fileURLToPath(new URL("../..", import.meta.url)) },
    reranker: prepareModel("minilm-l6-reranker").folder,
    encoder: prepareModel("minilm-l6").folder,
    threads: Number(values.threads),
  },
  rounds: Number(values.rounds),
  loads: 1,
  base: "before / run",
});
const notes = [machine(), `${values.threads} threads; MiniLM's shape with random weights`];
publish([{ title: "This build against another", notes, base: "before / run", ...measured }], values.out);
