import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { compete } from "./compete.mjs";
import { machine } from "./machine.mjs";
import { makeChunks, QUERY } from "./make-chunks.mjs";
import { prepareModel } from "./prepare-model.mjs";
import { publish } from "./publish.mjs";
import { GUIDE_QUESTION, readChunks } from "./read-chunks.mjs";

/**
 * Lets contenders compete on models of several shapes, with jobs of several numbers of chunks, as the command line says.
 *
 * @param {object} bench
 * @param {string} bench.contenders URL of the contenders module
 * @param {string} bench.models shapes to run by default, between commas; on the command line, folders of real models as well
 * @param {Record<string, string[]>} bench.ours our contenders and their ways
 * @param {Record<string, string[]>} bench.peers the others, which need exported ONNX files
 * @param {string} bench.base "contender / way" that ratios are relative to if peers take part; else our first
 * @param {(query: string, texts: string[]) => unknown} bench.job makes a contender's job from a query and chunks
 * @param {string} bench.difference unit of a difference from the base
 */
export async function benchModels(bench) {
  const { values } = parseArgs({
    options: {
      models: { type: "string", default: bench.models },
      texts: { type: "string", default: "20,100" },
      rounds: { type: "string", default: "9" },
      loads: { type: "string", default: "3" },
      threads: { type: "string", default: "2" },
      python: { type: "string" },
      out: { type: "string" },
    },
  });
  const reports = [];
  for (const name of values.models.split(",")) {
    const { title, folder, onnx, query, chunks, notes } = existsSync(name)
      ? realModel(name)
      : randomModel(name, values.python);
    const peers = Object.entries(bench.peers).filter(([peer]) => onnx.includes(peer.split(" ").at(-1)));
    const [first, [way]] = Object.entries(bench.ours)[0];
    const base = peers.length > 0 ? bench.base : `${first} / ${way}`;
    const jobs = values.texts
      .split(",")
      .map((count) => [`${count} chunks`, bench.job(query, chunks(Number(count)))]);
    const measured = await compete({
      module: bench.contenders,
      contenders: { ...Object.fromEntries(peers), ...bench.ours },
      jobs: Object.fromEntries(jobs),
      load: { folder, threads: Number(values.threads) },
      rounds: Number(values.rounds),
      loads: Number(values.loads),
      base,
    });
    const difference = `difference: the largest from the base, in ${bench.difference}`;
    reports.push({
      title,
      notes: [machine(), `${values.threads} threads, ${notes}`, difference],
      base,
      ...measured,
    });
  }
  publish(reports, values.out);
}

/** Number formats of the ONNX files that peers need, by file. */
const ONNX_FILES = { fp32: "onnx/model.onnx", q8: "onnx/model_quantized.onnx" };

function realModel(path) {
  const folder = resolve(path);
  return {
    title: folder.split("/").slice(-2).join("/"),
    folder,
    onnx: Object.keys(ONNX_FILES).filter((dtype) => existsSync(join(folder, ONNX_FILES[dtype]))),
    query: GUIDE_QUESTION,
    chunks: readChunks,
    notes: "its own weights, paragraphs of the guide of 100 to 500 characters",
  };
}

function randomModel(name, python) {
  const { folder, realTokenizer, hasOnnx } = prepareModel(name, { python });
  const tokenizer = realTokenizer ? "the real tokenizer" : "a made-up tokenizer of the real size";
  return {
    title: name,
    folder,
    onnx: hasOnnx ? Object.keys(ONNX_FILES) : [],
    query: QUERY,
    chunks: makeChunks,
    notes: `random weights, ${tokenizer}, chunks of mixed 100 to 500 characters`,
  };
}
