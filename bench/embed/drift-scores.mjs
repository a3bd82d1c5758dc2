/**
 * Measures the drift of int8 from float32 in the scores of a sparse or a late-interaction encoder.
 *
 *     node bench/embed/drift-scores.mjs --model FOLDER --kind sparse|multi-vector --data queries.jsonl[.gz] [--queries 30] [--top 3] [--threads 2]
 *
 * Data: one JSON object a line, `{ query, candidates: [text, …] }`.
 */
import { parseArgs } from "node:util";
import { loadMultiVectorEncoder, loadSparseEncoder } from "@secondpass/hf-runtime";
import { best } from "../support/best.mjs";
import { deviation } from "../support/deviation.mjs";
import { quantile } from "../support/quantile.mjs";
import { readJsonLines } from "../support/read-json-lines.mjs";

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    kind: { type: "string" },
    data: { type: "string" },
    queries: { type: "string", default: "30" },
    top: { type: "string", default: "3" },
    threads: { type: "string", default: "2" },
  },
});
const top = Number(values.top);
const loaders = { sparse: loadSparseEncoder, "multi-vector": loadMultiVectorEncoder };
const load = (dtype) => loaders[values.kind]({ model: values.model, dtype, threads: Number(values.threads) });
const [exact, quick] = [await load("fp32"), await load("int8")];

const drifts = [];
let [different, seen] = [0, 0];
for (const { query, candidates } of readJsonLines(values.data, Number(values.queries))) {
  if (candidates.length <= top) continue;
  const [wanted, got] = [await scores(exact, query, candidates), await scores(quick, query, candidates)];
  const spread = deviation(wanted);
  drifts.push(...wanted.map((score, i) => Math.abs(score - got[i]) / spread));
  if (best(wanted, top).join() !== best(got, top).join()) different += 1;
  seen += 1;
}
console.log(
  `${seen} queries, ${drifts.length} candidates: drift in standard deviations of a query's scores: median ${quantile(drifts, 0.5).toFixed(4)}, ` +
    `99 % ${quantile(drifts, 0.99).toFixed(4)}, worst ${Math.max(...drifts).toFixed(4)}; best ${top} differ for ${different} queries`,
);
await Promise.all([exact.dispose(), quick.dispose()]);

async function scores(encoder, query, candidates) {
  const [queryVector] = await encoder.embed([query], { task: "query" });
  const told = await encoder.embed(candidates, { task: "document" });
  return told.map((vector) =>
    values.kind === "sparse" ? sparseDot(queryVector, vector) : encoder.score(queryVector, vector),
  );
}

function sparseDot(a, b) {
  const weights = new Map(Array.from(a.indices, (index, i) => [index, a.values[i]]));
  return b.indices.reduce((sum, index, i) => sum + (weights.get(index) ?? 0) * b.values[i], 0);
}
