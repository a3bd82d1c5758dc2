/**
 * How fast texts are split into Documents, side by side with @langchain/textsplitters: the two take turns, so that whatever else
 * the machine does meets both alike.
 *
 *     node bench/split/split.mjs [--rounds 7] [--megabytes 1,20] [--texts prose,code,korean,unbroken]
 *
 * Prints, for each text and splitter, the median time of each and the ratio's median, smallest and largest over the rounds.
 */
import { parseArgs } from "node:util";
import * as peer from "@langchain/textsplitters";
import * as ours from "@secondpass/text-splitters";
import { makeText } from "./make-text.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    megabytes: { type: "string", default: "1,20" },
    texts: { type: "string", default: "prose,code,korean,unbroken" },
  },
});

const JOBS = {
  "recursive 500/100": {
    ours: () => new ours.RecursiveCharacterTextSplitter({ chunkSize: 500, chunkOverlap: 100 }),
    peer: () => new peer.RecursiveCharacterTextSplitter({ chunkSize: 500, chunkOverlap: 100 }),
  },
  "recursive js 1000/200": {
    ours: () =>
      ours.RecursiveCharacterTextSplitter.fromLanguage("js", { chunkSize: 1000, chunkOverlap: 200 }),
    peer: () =>
      peer.RecursiveCharacterTextSplitter.fromLanguage("js", { chunkSize: 1000, chunkOverlap: 200 }),
  },
  "character space 500/100": {
    ours: () => new ours.CharacterTextSplitter({ chunkSize: 500, chunkOverlap: 100, separator: " " }),
    peer: () => new peer.CharacterTextSplitter({ chunkSize: 500, chunkOverlap: 100, separator: " " }),
  },
};

// The peer warns of every chunk that is longer than asked for.
console.warn = () => {};

const rows = [];
for (const megabytes of values.megabytes.split(",").map(Number)) {
  for (const name of values.texts.split(",")) {
    const text = makeText(name, megabytes * 1e6);
    for (const [job, splitters] of Object.entries(JOBS))
      rows.push(await race(`${megabytes} MB ${name}`, job, splitters, text));
  }
}
console.table(rows);

async function race(label, job, splitters, text) {
  const milliseconds = { ours: [], peer: [] };
  const chunks = {};
  // Short texts need more rounds before both run compiled.
  const warmUps = text.length < 5e6 ? 4 : 1;
  for (let round = -warmUps; round < Number(values.rounds); round++) {
    for (const side of round % 2 === 0 ? ["ours", "peer"] : ["peer", "ours"]) {
      globalThis.gc?.();
      const splitter = splitters[side]();
      const began = performance.now();
      const documents = await splitter.createDocuments([text]);
      if (round >= 0) milliseconds[side].push(performance.now() - began);
      chunks[side] = documents.length;
    }
  }
  const ratios = milliseconds.ours.map((ms, i) => milliseconds.peer[i] / ms);
  return {
    text: label,
    splitter: job,
    "ours ms": round1(median(milliseconds.ours)),
    "peer ms": round1(median(milliseconds.peer)),
    "times as fast": round1(median(ratios)),
    "from–to": `${round1(Math.min(...ratios))}–${round1(Math.max(...ratios))}`,
    chunks: `${chunks.ours} / ${chunks.peer}`,
  };
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function round1(number) {
  return Math.round(number * 10) / 10;
}
