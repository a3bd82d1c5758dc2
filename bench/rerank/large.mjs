/**
 * Measures how fast rerankers of new architectures score a query's 20 candidates of 100 to 500 characters, compared with torch, OpenVINO, ONNX Runtime and llama.cpp on
 * the same weights and texts. Peers get each of the ways to batch; drift is from torch in float32.
 *
 *     BENCH_PYTHON=venv/bin/python BENCH_PEERS=folder node bench/rerank/large.mjs [--models qwen3-reranker-0.6b,ettin-reranker-32m] [--texts 20]
 *       [--rounds 5] [--loads 1] [--threads 2] [--only ours,torch] [--ways "batches of 4"] [--out results]
 *
 * The venv has torch, transformers, sentence-transformers, openvino, nncf, onnx, onnxruntime and gguf; in the other folder, `npm install
 * --ignore-scripts node-llama-cpp` was run. Missing peers are left out, with a message. `qwen3-reranker-4-layers` is for trying.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compete } from "../support/compete.mjs";
import { Contender } from "../support/contender.mjs";
import { machine } from "../support/machine.mjs";
import { makeChunks, QUERY } from "../support/make-chunks.mjs";
import { prepareModel } from "../support/prepare-model.mjs";
import { publish } from "../support/publish.mjs";
import { qwenText } from "../support/qwen3-reranker.mjs";

const { values } = parseArgs({
  options: {
    models: { type: "string", default: "qwen3-reranker-0.6b,ettin-reranker-32m" },
    texts: { type: "string", default: "20" },
    rounds: { type: "string", default: "5" },
    loads: { type: "string", default: "1" },
    threads: { type: "string", default: "2" },
    only: { type: "string" },
    ways: { type: "string" },
    out: { type: "string" },
  },
});
const CONTENDERS = new URL("./large-contenders.mjs", import.meta.url).href;
const BATCHES = ["one by one", "batches of 4", "one batch"];
const OURS = ["rerank"];
const PEERS = {
  causal: {
    "torch fp32": BATCHES,
    "torch bf16": ["batches of 4"],
    "OpenVINO fp32": BATCHES,
    "OpenVINO int8": BATCHES,
    "llama.cpp q8_0": ["one by one", "batches of 4"],
  },
  modular: {
    "torch fp32": BATCHES,
    "OpenVINO fp32": BATCHES,
    "OpenVINO int8": BATCHES,
    "ONNX Runtime fp32": BATCHES,
  },
};

/** Whether a contender loads here; says why if not. */
async function loads(name, load) {
  const contender = new Contender(CONTENDERS, name);
  try {
    await contender.load(load);
    return true;
  } catch (error) {
    console.error(`${name} is left out: ${String(error.message).split("\n")[0]}`);
    return false;
  } finally {
    await contender.end();
  }
}

function writeGguf(folder) {
  const file = join(folder, "q8_0.gguf");
  if (existsSync(file) || !process.env.BENCH_PYTHON) return;
  const program = fileURLToPath(new URL("./write-gguf.py", import.meta.url));
  spawnSync(process.env.BENCH_PYTHON, [program, folder, file], { stdio: ["ignore", "ignore", "inherit"] });
}

const reports = [];
for (const name of values.models.split(",")) {
  const { folder } = prepareModel(name);
  const kind = name.startsWith("qwen3") ? "causal" : "modular";
  if (kind === "causal") writeGguf(folder);
  const jobs = values.texts.split(",").map((count) => {
    const texts = makeChunks(Number(count));
    const inputs = texts.map((text) => (kind === "causal" ? qwenText(QUERY, text) : [QUERY, text]));
    return [`${count} candidates`, { query: QUERY, texts, inputs }];
  });
  const load = { folder, threads: Number(values.threads), kind };
  const wanted = { ...PEERS[kind], "ours fp32": OURS, "ours int8": OURS };
  const contenders = {};
  for (const [contender, ways] of Object.entries(wanted)) {
    const isWanted =
      values.only === undefined || values.only.split(",").some((start) => contender.startsWith(start));
    const chosen = ways.filter((way) => ways === OURS || (values.ways?.split(",").includes(way) ?? true));
    if (isWanted && chosen.length > 0 && (await loads(contender, load))) contenders[contender] = chosen;
  }
  const base = "torch fp32" in contenders ? "torch fp32 / batches of 4" : "ours fp32 / rerank";
  const measured = await compete({
    module: CONTENDERS,
    contenders,
    jobs: Object.fromEntries(jobs),
    load,
    rounds: Number(values.rounds),
    loads: Number(values.loads),
    base,
  });
  const notes = [
    machine(),
    `${values.threads} threads, random weights, a made-up tokenizer, texts of 100 to 500 characters`,
    "difference: the largest from the base, in logits. Memory is that of the Node process: Python's is not in it",
  ];
  reports.push({ title: name, notes, base, ...measured });
}
publish(reports, values.out);
