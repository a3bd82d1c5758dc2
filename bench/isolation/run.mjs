/**
 * Measures the cost of a child process compared with worker threads: scores a query's candidates in turns with `isolation: "worker"` and "process".
 *
 *     node bench/isolation/run.mjs [--model packages/mini-models/models/reranker] [--texts 1,20,100] [--rounds 41] [--threads 2]
 *
 * Both models are loaded in one process, and take turns in an order that changes. Prints the median of each, the median of the ratio
 * process / worker over the rounds with an interval of 95 % (bootstrap), and the time of a load.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadCrossEncoder } from "@secondpass/hf-runtime";
import { makeChunks, QUERY } from "../support/make-chunks.mjs";
import { median, quantile } from "../support/quantile.mjs";
import { randomNumbers } from "../support/random-numbers.mjs";

const MINI = fileURLToPath(new URL("../../packages/mini-models/models/reranker", import.meta.url));
const { values } = parseArgs({
  options: {
    model: { type: "string", default: MINI },
    texts: { type: "string", default: "1,20,100" },
    rounds: { type: "string", default: "41" },
    threads: { type: "string", default: "2" },
  },
});
const options = { model: values.model, threads: Number(values.threads) };
const PLACES = ["worker", "process"];

const loads = { worker: [], process: [] };
const models = {};
for (let round = 0; round < 5; round++) {
  for (const isolation of turn(round)) {
    await models[isolation]?.dispose();
    const started = performance.now();
    models[isolation] = await loadCrossEncoder({ ...options, isolation });
    loads[isolation].push(performance.now() - started);
  }
}

console.log("| texts | worker, ms | process, ms | process / worker | 95 % |");
console.log("|---:|---:|---:|---:|---:|");
for (const count of values.texts.split(",").map(Number)) {
  const pairs = makeChunks(count).map((text) => [QUERY, text]);
  const times = { worker: [], process: [] };
  // The first rounds warm up, and let the pools open.
  for (let round = -5; round < Number(values.rounds); round++) {
    for (const isolation of turn(round)) {
      const started = performance.now();
      await models[isolation].logits(pairs);
      if (round >= 0) times[isolation].push(performance.now() - started);
    }
  }
  const ratios = times.process.map((time, i) => time / times.worker[i]);
  const [low, high] = interval(ratios);
  const figures = [median(times.worker), median(times.process), median(ratios)].map((x) => x.toFixed(3));
  console.log(`| ${count} | ${figures.join(" | ")} | ${low.toFixed(3)}–${high.toFixed(3)} |`);
}
const loaded = PLACES.map((place) => `${place} ${median(loads[place]).toFixed(0)} ms`);
console.log(`\nLoading (median of 5): ${loaded.join(", ")}.`);
await Promise.all(PLACES.map((place) => models[place].dispose()));

function turn(round) {
  return round % 2 ? PLACES : PLACES.toReversed();
}

function interval(ratios) {
  const next = randomNumbers(1);
  const medians = Array.from({ length: 1000 }, () =>
    median(ratios.map(() => ratios[Math.floor(next() * ratios.length)])),
  );
  return [quantile(medians, 0.025), quantile(medians, 0.975)];
}
