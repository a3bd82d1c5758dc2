/**
 * Measures milliseconds for 20 texts of some 300 characters, for models with the shapes of the recommended ones (docs/guide/02-choosing-models.md): pairs of one
 * query for rerankers, texts alone for embedders. Weights are random; times do not depend on them. Shapes take turns, so that
 * other work of the machine affects all equally.
 *
 *     node bench/speeds/run.mjs [--models a,b] [--dtypes fp32,int8] [--texts 20] [--rounds 5] [--threads 2] [--out results.md]
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { loadCrossEncoder, loadEncoder } from "@secondpass/hf-runtime";
import { machine } from "../support/machine.mjs";
import { makeChunks, QUERY } from "../support/make-chunks.mjs";
import { prepareModel } from "../support/prepare-model.mjs";
import { median } from "../support/quantile.mjs";
import { SHAPES } from "../support/shapes.mjs";

const { values } = parseArgs({
  options: {
    models: {
      type: "string",
      default:
        "minilm-l12-reranker,ettin-reranker-17m,ettin-reranker-32m,ettin-reranker-150m,bge-reranker-base,qwen3-reranker-0.6b," +
        "minilm-l6,bert-small,bert-base,bert-large,modernbert-base",
    },
    dtypes: { type: "string", default: "fp32,int8" },
    texts: { type: "string", default: "20" },
    rounds: { type: "string", default: "5" },
    threads: { type: "string", default: "2" },
    out: { type: "string" },
  },
});
const texts = makeChunks(Number(values.texts));
const names = values.models.split(",");
const dtypes = values.dtypes.split(",");
const times = new Map();

for (let round = 0; round < Number(values.rounds); round++) {
  for (const name of names) {
    for (const dtype of dtypes) {
      const key = `${name} ${dtype}`;
      // One model at a time is in memory.
      times.set(key, [...(times.get(key) ?? []), await timeOf(name, dtype)]);
    }
  }
}

/** Time of a call after a first one, which warms up and lets weights be packed. */
async function timeOf(name, dtype) {
  const options = { model: prepareModel(name).folder, dtype, threads: Number(values.threads) };
  const isReranker = SHAPES[name].task === "rerank";
  const model = await (isReranker ? loadCrossEncoder(options) : loadEncoder(options));
  const run = () => (isReranker ? model.logits(texts.map((text) => [QUERY, text])) : model.embed(texts));
  await run();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await run();
  const begun = performance.now();
  await run();
  const ms = performance.now() - begun;
  await model.dispose();
  return ms;
}

const range = (list) =>
  `${median(list).toFixed(0)} (${Math.min(...list).toFixed(0)}–${Math.max(...list).toFixed(0)})`;
const lines = [
  `${machine()}, ${values.threads} threads; ${texts.length} texts, ms: median (range) of ${values.rounds} rounds`,
  "",
  `| shape | ${dtypes.join(" | ")} |`,
  `|---|${dtypes.map(() => "---:|").join("")}`,
  ...names.map(
    (name) => `| ${name} | ${dtypes.map((dtype) => range(times.get(`${name} ${dtype}`))).join(" | ")} |`,
  ),
];
process.stdout.write(`${lines.join("\n")}\n`);
if (values.out) writeFileSync(values.out, `${lines.join("\n")}\n`);
