/**
 * Measures the drift of int8 from float32 on a real embedding model: in the vectors, and in the cosines that rank candidates.
 *
 *     node bench/embed/drift.mjs --model FOLDER --data queries.jsonl[.gz] [--queries 30] [--top 3] [--threads 2]
 *
 * Data: one JSON object a line, `{ query, candidates: [text, …] }`.
 */
import { parseArgs } from "node:util";
import { loadEncoder } from "@secondpass/hf-runtime";
import { best } from "../support/best.mjs";
import { deviation } from "../support/deviation.mjs";
import { quantile } from "../support/quantile.mjs";
import { readJsonLines } from "../support/read-json-lines.mjs";

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    data: { type: "string" },
    queries: { type: "string", default: "30" },
    top: { type: "string", default: "3" },
    threads: { type: "string", default: "2" },
  },
});
const top = Number(values.top);
const load = (dtype) => loadEncoder({ model: values.model, dtype, threads: Number(values.threads) });
const [exact, quick] = [await load("fp32"), await load("int8")];

const drifts = [];
let [different, seen, leastCosine] = [0, 0, 1];
for (const { query, candidates } of readJsonLines(values.data, Number(values.queries))) {
  if (candidates.length <= top) continue;
  const embed = (encoder) => encoder.embed([query, ...candidates], { normalize: true });
  const [vectors, rounded] = [await embed(exact), await embed(quick)];
  leastCosine = Math.min(leastCosine, ...vectors.map((vector, i) => dot(vector, rounded[i])));
  const cosines = ([first, ...others]) => others.map((vector) => dot(first, vector));
  const [wanted, got] = [cosines(vectors), cosines(rounded)];
  drifts.push(...wanted.map((cosine, i) => Math.abs(cosine - got[i]) / deviation(got)));
  if (best(wanted, top).join() !== best(got, top).join()) different += 1;
  seen += 1;
}
console.log(
  `${seen} queries, ${drifts.length} candidates; least cosine of a vector with its int8 self ${leastCosine.toFixed(5)}`,
);
console.log(
  `drift of the cosines, in standard deviations of a query's: median ${quantile(drifts, 0.5).toFixed(3)}, ` +
    `99 % ${quantile(drifts, 0.99).toFixed(3)}, worst ${Math.max(...drifts).toFixed(3)}; best ${top} differ for ${different} queries`,
);
await Promise.all([exact.dispose(), quick.dispose()]);

function dot(a, b) {
  return a.reduce((sum, x, i) => sum + x * b[i], 0);
}
