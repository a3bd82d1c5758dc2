/**
 * Measures the drift of int8 from float32 on a real cross-encoder, how often its best 3 differ, and how much faster it is.
 *
 *     node bench/rerank/drift.mjs --model FOLDER --data queries.jsonl[.gz] [--queries 100] [--candidates 20] [--top 3] [--threads 2]
 *
 * Data: one JSON object a line, `{ query, candidates: [text, …] }`.
 */
import { parseArgs } from "node:util";
import { loadCrossEncoder } from "@secondpass/hf-runtime";
import { best } from "../support/best.mjs";
import { deviation } from "../support/deviation.mjs";
import { quantile } from "../support/quantile.mjs";
import { readJsonLines } from "../support/read-json-lines.mjs";

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    data: { type: "string" },
    queries: { type: "string", default: "100" },
    candidates: { type: "string", default: "1000" },
    top: { type: "string", default: "3" },
    threads: { type: "string", default: "2" },
  },
});
const top = Number(values.top);
const load = (dtype) => loadCrossEncoder({ model: values.model, dtype, threads: Number(values.threads) });
const models = { fp32: await load("fp32"), int8: await load("int8") };

const drifts = [];
/** Speed relative to float32, query after query. */
const speedups = [];
let [different, seen] = [0, 0];
for (const { query, candidates } of readJsonLines(values.data, Number(values.queries))) {
  if (candidates.length <= top) continue;
  const pairs = candidates.slice(0, Number(values.candidates)).map((text) => [query, text]);
  const ms = {};
  const logits = async (name) => {
    const begun = performance.now();
    const rows = await models[name].logits(pairs);
    ms[name] = performance.now() - begun;
    return rows.map(([logit]) => logit);
  };
  const [exact, quick] = [await logits("fp32"), await logits("int8")];
  speedups.push(ms.fp32 / ms.int8);
  const spread = deviation(quick);
  drifts.push(...exact.map((logit, i) => Math.abs(logit - quick[i]) / spread));
  if (best(quick, top).join() !== best(exact, top).join()) different += 1;
  seen += 1;
}
console.log(`${seen} queries, ${drifts.length} pairs, best ${top}`);
console.log(
  `drift, in standard deviations of a query's logits: median ${quantile(drifts, 0.5).toFixed(4)}, ` +
    `99 % ${quantile(drifts, 0.99).toFixed(4)}, 99.9 % ${quantile(drifts, 0.999).toFixed(4)}, worst ${Math.max(...drifts).toFixed(4)}`,
);
console.log(
  `int8's best ${top} differ from float32's, in member or order: ${((100 * different) / seen).toFixed(1)} %`,
);
const [low, middle, high] = [0.25, 0.5, 0.75].map((at) => quantile(speedups, at).toFixed(2));
console.log(`int8: ${middle} times as fast as float32 (middle half ${low} to ${high})`);
await Promise.all(Object.values(models).map((model) => model.dispose()));
