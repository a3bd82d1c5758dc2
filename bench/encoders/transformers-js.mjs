import { basename, dirname } from "node:path";
import { importPeer } from "../support/import-peer.mjs";
import { batchesOf } from "./batches-of.mjs";

const DTYPES = { f32: "fp32", q8: "q8" };

/** transformers.js as a peer. Its calls run on the calling thread, so it cannot run texts in parallel. */
export async function transformersJs({ folder, task, dtype, threads }) {
  const { AutoModelForSequenceClassification, AutoTokenizer, env, pipeline } =
    await importPeer("@huggingface/transformers");
  env.localModelPath = dirname(folder);
  env.allowRemoteModels = false;
  const name = basename(folder);
  const options = {
    dtype: DTYPES[dtype],
    session_options: { intraOpNumThreads: threads, logSeverityLevel: 3 },
  };
  const versions = { "transformers.js": env.version };
  if (task === "embed") {
    const extract = await pipeline("feature-extraction", name, options);
    const embed = async (texts) => (await extract(texts, { pooling: "mean", normalize: true })).tolist();
    return { versions, run: (texts, size) => batchesOf(texts, size, embed) };
  }
  const tokenizer = await AutoTokenizer.from_pretrained(name);
  const model = await AutoModelForSequenceClassification.from_pretrained(name, options);
  const score = async (pairs) => {
    const [queries, texts] = [0, 1].map((side) => pairs.map((pair) => pair[side]));
    const inputs = tokenizer(queries, { text_pair: texts, padding: true, truncation: true });
    return Array.from((await model(inputs)).logits.data);
  };
  return { versions, run: (pairs, size) => batchesOf(pairs, size, score) };
}

export { transformersJs as load };
