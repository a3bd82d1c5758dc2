/**
 * Measures how long whole processes take from their start, as a user sees it: the first score with MiniLM's shape from a warm cache, compared with transformers.js
 * and Python's ONNX Runtime and OpenVINO; the demo from the prompt to its answer; and `import` of each public entry of our packages.
 *
 *     npm run bench -- start [--runs 15] [--only score,demo,import] [--quick] [--json]
 *
 * They take turns. The time of an import is that of a process that only imports, minus that of an empty process in the same round. Ratios are to our int8. `--quick`: under 4
 * minutes.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { convertModel } from "../encoders/convert-model.mjs";
import { Figures } from "../support/figures.mjs";
import { installPeers } from "../support/install-peers.mjs";
import { prepareModel } from "../support/prepare-model.mjs";
import { median, quantile } from "../support/quantile.mjs";
import { GUIDE_QUESTION } from "../support/read-chunks.mjs";
import { takeTurns } from "../support/take-turns.mjs";
import { entries } from "./entries.mjs";
import { PAIR } from "./pair.mjs";
import { timeProcess } from "./time-process.mjs";

const { values: flags } = parseArgs({
  options: {
    runs: { type: "string" },
    only: { type: "string", default: "score,demo,import" },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const runs = Number(flags.runs ?? (flags.quick ? 5 : 15));
const parts = flags.only.split(",");
const SHAPE = "minilm-l6-reranker";
const node = process.execPath;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const root = here("../../");
const say = flags.json ? () => {} : (text) => console.log(text);
const figures = new Figures("start", { jobs: 1 });

if (parts.includes("score")) await compareScores();
if (parts.includes("demo")) await timeDemo();
if (parts.includes("import")) await timeImports();
figures.print();

async function compareScores() {
  const { python, npm } = installPeers();
  const { folder } = prepareModel(SHAPE);
  const failed = convertModel(folder, "rerank", python);
  for (const [form, reason] of Object.entries(failed)) figures.add("leftOut", "", form, reason);
  const until = "scored";
  const peer = (engine) => () =>
    timeProcess(python, [here("first-score.py"), folder, engine, ...PAIR], { until });
  const inNode = (program, dtype) => () =>
    timeProcess(node, [here(program), folder, dtype], { until, env: { BENCH_PEERS: npm } });
  const contenders = {
    "ours-fp32": inNode("first-score.mjs", "fp32"),
    "ours-int8": inNode("first-score.mjs", "int8"),
    "transformers.js-fp32": inNode("first-score-transformers.mjs", "f32"),
    "transformers.js-q8": inNode("first-score-transformers.mjs", "q8"),
    "onnxruntime-fp32": peer("onnxruntime"),
    "onnxruntime-q8": peer("onnxruntime-q8"),
    openvino: peer("openvino"),
  };
  for (const name of Object.keys(contenders)) {
    try {
      // The first run prepares later ones: int8 weights, and pages of files in memory.
      await contenders[name]();
    } catch (error) {
      figures.add("leftOut", "", name, error.message);
      delete contenders[name];
    }
  }
  const times = await takeTurns(contenders, { rounds: runs });
  const pick = (isOurs) =>
    Object.fromEntries(
      Object.entries(times)
        .filter(([name]) => name.startsWith("ours-") === isOurs)
        .map(([name, own]) => [`first score, ${name.replace("ours-", "")}`, own]),
    );
  figures.addTimes("", { ours: pick(true), peers: pick(false), base: "first score, int8" });
  table("first score", times);
}

/** The demo indexes the guide in each process, unless its index is saved; the README's command checks packages and the build first. */
async function timeDemo() {
  const folder = mkdtempSync(join(tmpdir(), "bench-start-"));
  const cli = ["apps/demo/dist/cli.js", GUIDE_QUESTION];
  const saved = ["--index", join(folder, "index")];
  const byNpm = ["run", "--silent", "demo", "--", GUIDE_QUESTION, ...saved];
  const contenders = {
    demo: () => timeProcess(node, cli, { cwd: root }),
    "demo, index saved": () => timeProcess(node, [...cli, ...saved], { cwd: root }),
    "npm run demo, index saved": () => timeProcess("npm", byNpm, { cwd: root }),
  };
  try {
    for (const run of Object.values(contenders)) await run();
    const times = await takeTurns(contenders, { rounds: runs });
    figures.addTimes("", { ours: times, peers: {}, base: "demo" });
    table("demo", times);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function timeImports() {
  const evaluate = (code) => () => timeProcess(node, ["--input-type=module", "--eval", code]);
  const contenders = { "": evaluate("") };
  for (const [name, file] of Object.entries(entries()))
    contenders[name] = evaluate(`import ${JSON.stringify(pathToFileURL(file).href)}`);
  for (const run of Object.values(contenders)) await run();
  const { "": empty, ...times } = await takeTurns(contenders, { rounds: runs });
  const net = Object.fromEntries(
    Object.entries(times).map(([name, own]) => [`import ${name}`, own.map((ms, round) => ms - empty[round])]),
  );
  figures.addTimes("", { ours: net, peers: {}, base: "" });
  figures.note("emptyProcess", median(empty));
  table("import, less an empty process", net);
}

function table(title, times) {
  say(`\n## ${title}\n\n| process | ms | middle half |\n|---|---:|---:|`);
  for (const [name, own] of Object.entries(times)) {
    const [low, high] = [0.25, 0.75].map((share) => quantile(own, share).toFixed(0));
    say(`| ${name} | ${median(own).toFixed(0)} | ${low}–${high} |`);
  }
}
