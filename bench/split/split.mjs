/**
 * Measures how fast texts are split into Documents, compared with @langchain/textsplitters: the two take turns, so that other work of
 * the machine affects both equally.
 *
 *     node bench/split/split.mjs [--rounds 15] [--megabytes 1,20] [--texts prose,code,korean,unbroken]
 *     node bench/split/split.mjs --fresh --megabytes 1     # each round in a new process, which has split nothing yet
 *
 * Prints, for each text and splitter, the median time of each and the ratio's median, smallest and largest over the rounds.
 * Garbage is not collected between rounds: V8 would drop the compiled code of classes that have no instance at that moment, which
 * makes every round a new start, unlike a process that keeps running. `--fresh` measures a real new start.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as peer from "@langchain/textsplitters";
import * as ours from "@secondpass/text-splitters";
import { median } from "../support/quantile.mjs";
import { makeText } from "./make-text.mjs";

/** Time after which a row begins no further round; its first warm-up and its first round always run. */
const ROW_MS = 20_000;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    megabytes: { type: "string", default: "1,20" },
    texts: { type: "string", default: "prose,code,korean,unbroken" },
    fresh: { type: "boolean", default: false },
    /** Internal: `side,text,megabytes,job`, split once, print the milliseconds and the number of chunks. */
    once: { type: "string" },
  },
});

const LIBRARIES = { ours, peer };
const JOBS = {
  "recursive 500/100": (library) =>
    new library.RecursiveCharacterTextSplitter({ chunkSize: 500, chunkOverlap: 100 }),
  "recursive js 1000/200": (library) =>
    library.RecursiveCharacterTextSplitter.fromLanguage("js", { chunkSize: 1000, chunkOverlap: 200 }),
  "character space 500/100": (library) =>
    new library.CharacterTextSplitter({ chunkSize: 500, chunkOverlap: 100, separator: " " }),
};

// The peer warns of every chunk that is longer than `chunkSize`.
console.warn = () => {};

if (values.once === undefined) {
  console.log("| text | splitter | ours, ms | peer, ms | times as fast | from–to | chunks |");
  console.log("|---|---|---|---|---|---|---|");
  for (const megabytes of values.megabytes.split(",").map(Number)) {
    for (const name of values.texts.split(",")) {
      const text = makeText(name, megabytes * 1e6);
      for (const job of Object.keys(JOBS)) {
        const measure = values.fresh
          ? (side) => splitElsewhere(side, name, megabytes, job)
          : (side) => split(side, text, job);
        // Short texts need more rounds before both run compiled.
        const warmUps = values.fresh ? 0 : text.length < 5e6 ? 15 : 2;
        console.log(await race(`${megabytes} MB ${name}`, job, measure, warmUps));
      }
    }
  }
} else {
  const [side, name, megabytes, job] = values.once.split(",");
  console.log(JSON.stringify(await split(side, makeText(name, megabytes * 1e6), job)));
}

async function race(label, job, measure, warmUps) {
  const milliseconds = { ours: [], peer: [] };
  const chunks = {};
  const began = performance.now();
  for (let round = -warmUps; round < Number(values.rounds); round++) {
    const late = performance.now() - began > ROW_MS;
    if (late && milliseconds.ours.length > 0) break;
    if (late && round < 0) round = 0;
    for (const side of round % 2 === 0 ? ["ours", "peer"] : ["peer", "ours"]) {
      const measured = await measure(side);
      if (round >= 0) milliseconds[side].push(measured.milliseconds);
      chunks[side] = measured.chunks;
    }
  }
  const ratios = milliseconds.ours.map((ms, i) => milliseconds.peer[i] / ms);
  const cells = [
    label,
    job,
    round1(median(milliseconds.ours)),
    round1(median(milliseconds.peer)),
    round1(median(ratios)),
    `${round1(Math.min(...ratios))}–${round1(Math.max(...ratios))}`,
    `${chunks.ours} / ${chunks.peer}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

async function split(side, text, job) {
  const splitter = JOBS[job](LIBRARIES[side]);
  const began = performance.now();
  const documents = await splitter.createDocuments([text]);
  return { milliseconds: performance.now() - began, chunks: documents.length };
}

function splitElsewhere(...arguments_) {
  const file = fileURLToPath(import.meta.url);
  const { stdout, stderr, status } = spawnSync(process.execPath, [file, "--once", arguments_.join(",")]);
  if (status !== 0) throw new Error(`The splitting process left with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

function round1(number) {
  return Math.round(number * 10) / 10;
}
