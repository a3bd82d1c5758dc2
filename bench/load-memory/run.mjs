/**
 * Measures the memory of loading a model: the peak of the private memory (RssAnon + RssShmem), which leaves out pages of files that the system
 * can drop. Read every few milliseconds from outside, until the weights are packed. Linux only.
 *
 *     node bench/load-memory/run.mjs [--model qwen3-reranker-0.6b] [--threads 2] [--out results.md]
 *
 * "int8, first" quantises into a file beside the model, "int8, later" finds it. The bound is 1.2 × the bytes of the weights in the
 * precision that they are computed in: the number of parameters, times 4 for fp32 and 1 for int8.
 */
import { fork } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { machine } from "../support/machine.mjs";
import { prepareModel } from "../support/prepare-model.mjs";
import { SHAPES } from "../support/shapes.mjs";

const { values } = parseArgs({
  options: {
    model: { type: "string", default: "qwen3-reranker-0.6b" },
    threads: { type: "string", default: "2" },
    out: { type: "string" },
  },
});
const PROGRAM = fileURLToPath(new URL("./load-once.mjs", import.meta.url));
const EVERY_MS = 3;
const MB = 1e6;
const BOUND = 1.2;

const { folder } = prepareModel(values.model);
const parameters = SHAPES[values.model]
  .tensors()
  .reduce((sum, [, shape]) => sum + shape.reduce((a, b) => a * b, 1), 0);

/** Private memory of the process in MB. */
function ownMegabytes(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kib = (key) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
  return ((kib("RssAnon") + kib("RssShmem")) * 1024) / MB;
}

async function measure(dtype) {
  const child = fork(PROGRAM, [folder, dtype, values.threads]);
  const times = {};
  let settled = false;
  child.on("message", (message) => {
    Object.assign(times, message);
    settled ||= message.settled === true;
  });
  let [untilLoaded, peak] = [0, 0];
  while (!settled) {
    if (child.exitCode !== null) throw new Error(`The process ended with ${child.exitCode}.`);
    const now = ownMegabytes(child.pid);
    peak = Math.max(peak, now);
    if (times.loadedMs === undefined) untilLoaded = peak;
    await setTimeout(EVERY_MS);
  }
  const after = ownMegabytes(child.pid);
  child.kill();
  return { untilLoaded, peak, after, loadedMs: times.loadedMs };
}

function forgetInt8() {
  for (const name of readdirSync(folder)) if (name.startsWith("secondpass-int8-")) rmSync(join(folder, name));
}

const lines = [
  `${machine()}; ${values.model}, ${(parameters / 1e6).toFixed(0)} M parameters, stored as ${SHAPES[values.model].dtype ?? "F32"}, ${values.threads} threads`,
  "",
  "| load | peak until loaded, MB | peak until packed, MB | afterwards, MB | bound, MB | holds | load, ms |",
  "|---|---:|---:|---:|---:|---|---:|",
];
forgetInt8();
for (const [name, dtype, bytes] of [
  ["fp32", "fp32", 4],
  ["int8, first", "int8", 1],
  ["int8, later", "int8", 1],
]) {
  const { untilLoaded, peak, after, loadedMs } = await measure(dtype);
  const bound = (BOUND * bytes * parameters) / MB;
  const figures = [untilLoaded, peak, after, bound].map((figure) => figure.toFixed(0)).join(" | ");
  lines.push(`| ${name} | ${figures} | ${peak <= bound ? "yes" : "no"} | ${loadedMs.toFixed(0)} |`);
}
const text = `${lines.join("\n")}\n`;
process.stdout.write(text);
if (values.out) writeFileSync(values.out, text);
