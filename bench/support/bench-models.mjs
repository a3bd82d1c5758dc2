import { parseArgs } from "node:util";
import { compete } from "./compete.mjs";
import { makeChunks } from "./make-texts.mjs";
import { prepareModel } from "./prepare-model.mjs";
import { machine, publish } from "./report.mjs";

/**
 * Lets contenders compete on models of several shapes, with jobs of several numbers of chunks, as the command line says.
 *
 * @param {object} bench
 * @param {string} bench.contenders URL of the contenders module
 * @param {string} bench.models shapes to run by default, between commas
 * @param {Record<string, string[]>} bench.ours our contenders and their ways
 * @param {Record<string, string[]>} bench.peers the others, which need exported ONNX files
 * @param {string} bench.base "contender / way" that ratios are of, where peers take part; else our first
 * @param {(texts: string[]) => unknown} bench.job what a contender is told to do with a number of chunks
 * @param {string} bench.difference what a difference from the base is measured in
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
    const { folder, realTokenizer, hasOnnx } = prepareModel(name, { python: values.python });
    const [first, [way]] = Object.entries(bench.ours)[0];
    const base = hasOnnx ? bench.base : `${first} / ${way}`;
    const jobs = values.texts
      .split(",")
      .map((count) => [`${count} chunks`, bench.job(makeChunks(Number(count)))]);
    const measured = await compete({
      module: bench.contenders,
      contenders: hasOnnx ? { ...bench.peers, ...bench.ours } : bench.ours,
      jobs: Object.fromEntries(jobs),
      load: { folder, threads: Number(values.threads) },
      rounds: Number(values.rounds),
      loads: Number(values.loads),
      base,
    });
    const tokenizer = realTokenizer ? "the real tokenizer" : "a made-up tokenizer of the real size";
    const notes = [
      machine(),
      `${values.threads} threads, random weights, ${tokenizer}, chunks of mixed 100 to 500 characters`,
      `difference: the largest from the base, in ${bench.difference}`,
    ];
    reports.push({ title: name, notes, base, ...measured });
  }
  publish(reports, values.out);
}
