/**
 * Writes the results of transformers.js with the mini models, for the texts of sentence-transformers' golden:
 *
 *     python tools/oracle/mini_models.py && node bench/mini/write-transformers-js-golden.mjs
 *
 * Writes packages/mini-models/test/goldens/transformers-js.json. It is here because transformers.js is installed for the
 * benchmarks only; `test/fidelity.test.ts` needs the golden and not the library.
 */
import { readFile, rename, writeFile } from "node:fs/promises";
import { AutoModelForSequenceClassification, AutoTokenizer, env, pipeline } from "@huggingface/transformers";
import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";

const GOLDENS = new URL("../../packages/mini-models/test/goldens/", import.meta.url);

env.allowRemoteModels = false;
env.localModelPath = "/";

const { cases } = JSON.parse(await readFile(new URL("mini-models.json", GOLDENS), "utf8"));

const extract = await pipeline("feature-extraction", EMBEDDER_PATH, { dtype: "fp32" });
const vectors = [];
for (const text of cases.texts) {
  if (isCut(extract.tokenizer(text))) {
    vectors.push(null);
    continue;
  }
  const { data } = await extract(text, { pooling: "mean", normalize: true });
  vectors.push(Array.from(data, (x) => round(x, 8)));
}

const tokenizer = await AutoTokenizer.from_pretrained(RERANKER_PATH);
const model = await AutoModelForSequenceClassification.from_pretrained(RERANKER_PATH, { dtype: "fp32" });
const logits = [];
for (const [query, text] of cases.pairs) {
  const tokens = tokenizer(query, { text_pair: text });
  if (text === "" || isCut(tokens, tokenizer)) {
    logits.push(null);
    continue;
  }
  const { logits: row } = await model(tokens);
  logits.push(round(row.data[0], 6));
}

const golden = {
  certificate: {
    generatedBy: "bench/mini/write-transformers-js-golden.mjs",
    "@huggingface/transformers": env.version,
  },
  cases: { vectors, logits },
};
const target = new URL("transformers-js.json", GOLDENS);
await writeFile(`${target.pathname}.tmp`, `${JSON.stringify(golden, null, 1)}\n`);
await rename(`${target.pathname}.tmp`, target);

/** Whether the text is longer than the model reads. */
function isCut({ input_ids }, { model_max_length } = extract.tokenizer) {
  return input_ids.dims.at(-1) > model_max_length;
}

function round(number, digits) {
  return Number(number.toFixed(digits));
}
