/**
 * Measures whether memory stays flat over many requests, and how much a loaded model takes.
 *
 *     node --expose-gc bench/soak/run.mjs [--model minilm-l6-reranker|FOLDER] [--requests 10000] [--texts 3] [--dtype fp32] [--low-memory]
 *
 * Prints resident and private memory as it goes, and at the end the growth from the first tenth of the requests to the last.
 * For the private memory of a loaded model of 278 million parameters: --model bge-reranker-base --requests 10.
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { loadCrossEncoder } from "@secondpass/hf-runtime";
import { makeChunks, QUERY } from "../support/make-chunks.mjs";
import { memoryFigures } from "../support/memory-figures.mjs";
import { prepareModel } from "../support/prepare-model.mjs";
import { median } from "../support/quantile.mjs";

const { values } = parseArgs({
  options: {
    model: { type: "string", default: "minilm-l6-reranker" },
    requests: { type: "string", default: "10000" },
    texts: { type: "string", default: "3" },
    threads: { type: "string", default: "2" },
    dtype: { type: "string", default: "fp32" },
    "low-memory": { type: "boolean", default: false },
  },
});
const requests = Number(values.requests);
const folder = existsSync(values.model) ? values.model : prepareModel(values.model).folder;
const chunks = makeChunks(200);

const figures = (label) => {
  globalThis.gc?.();
  const { residentMib, privateMib, peakMib } = memoryFigures();
  console.log(`${label}: resident ${residentMib} MiB, private ${privateMib} MiB, peak ${peakMib} MiB`);
  return privateMib;
};

figures("before loading");
const begun = performance.now();
const crossEncoder = await loadCrossEncoder({
  model: folder,
  dtype: values.dtype,
  threads: Number(values.threads),
  lowMemory: values["low-memory"],
});
console.log(`loaded in ${(performance.now() - begun).toFixed(0)} ms`);
figures("loaded");

const seen = [];
for (let request = 0; request < requests; request++) {
  const texts = Array.from(
    { length: Number(values.texts) },
    (_, i) => chunks[(request * 7 + i) % chunks.length],
  );
  await crossEncoder.predict(texts.map((text) => [QUERY, text]));
  if ((request + 1) % Math.max(1, Math.floor(requests / 20)) === 0)
    seen.push(figures(`after ${request + 1} requests`));
}
const [first, last] = [median(seen.slice(1, 4)), median(seen.slice(-3))];
console.log(`private memory grew by ${last - first} MiB from the first tenth to the last`);

await crossEncoder.dispose();
figures("disposed");
