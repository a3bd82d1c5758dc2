/**
 * Compares the usual pipelines on your own questions, offline, and writes a report:
 *
 *     node know-your-ranking.mjs --folder docs --questions questions.csv --report report.html
 *
 * Without --questions, they are made from the headings of the documents. README.md lists the options.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { DirectoryLoader } from "@secondpass/document-loaders";
import {
  compareRankings,
  comparisonAsHtml,
  comparisonAsText,
  questionsFromHeadings,
  readQuestions,
} from "@secondpass/evaluation";
import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";
import { usualPipelines } from "./usual-pipelines.mjs";

async function main() {
  const { values } = parseArgs({
    options: {
      folder: { type: "string" },
      questions: { type: "string" },
      report: { type: "string" },
      k: { type: "string", default: "20" },
      "chunk-size": { type: "string", multiple: true, default: ["500"] },
      embedder: { type: "string", default: EMBEDDER_PATH },
      reranker: { type: "string", default: RERANKER_PATH },
    },
  });
  const { folder, embedder, reranker } = values;
  if (folder === undefined) throw new Error("Expected --folder, the folder of your documents.");
  const k = positiveInteger("--k", values.k);
  const chunkSizes = values["chunk-size"].map((size) => positiveInteger("--chunk-size", size));

  const documents = await new DirectoryLoader(folder).load();
  const questions =
    values.questions === undefined ? questionsFromHeadings(documents) : await readQuestions(values.questions);
  const comparison = await compareRankings({
    questions,
    pipelines: usualPipelines(documents, { embedder, reranker, k, chunkSizes }),
    measures: ["mrr@10", "hitRate@1", "hitRate@3"],
    depth: k,
    onPipelineError: "report",
    onProgress: ({ pipeline, done, total }) => {
      if (process.stderr.isTTY)
        process.stderr.write(`\r\x1b[K${done}/${total} ${pipeline}${done === total ? "\n" : ""}`);
    },
  });
  process.stdout.write(comparisonAsText(comparison));
  if (values.report !== undefined) {
    await writeFile(values.report, comparisonAsHtml(comparison));
    console.log(`\nThe report: ${values.report}`);
  }
}

/**
 * @param {string} option
 * @param {string} text
 */
function positiveInteger(option, text) {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`Expected ${option} to be a positive integer, got ${JSON.stringify(text)}.`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
