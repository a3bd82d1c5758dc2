import { rmSync, statSync } from "node:fs";
import { freemem } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { cpu } from "../support/cpu.mjs";
import { Figures } from "../support/figures.mjs";
import { installPeers } from "../support/install-peers.mjs";
import { longTexts, makeChunks, QUERY } from "../support/make-chunks.mjs";
import { prepareModel } from "../support/prepare-model.mjs";
import { qwenText } from "../support/qwen3-reranker.mjs";
import { SHAPES } from "../support/shapes.mjs";
import { takeTurns } from "../support/take-turns.mjs";
import { CONTENDERS } from "./contenders.mjs";
import { convertModel } from "./convert-model.mjs";
import { EncoderProcess } from "./encoder-process.mjs";
import { jobFigures } from "./job-figures.mjs";

/** Number of a peer's ways to batch that are measured to the end: the best of a first try. */
const FINALISTS = 2;
/** A try of this length or more is not repeated, and only the best way is measured. */
const LONG_MS = 3000;
/** Pause after warming up: packing weights continues after the first call, for seconds in large models. */
const SETTLE_MS = 5000;
/** Weights of this size are made again in a minute, and take four times the disk in all their forms. */
const LARGE_BYTES = 5e8;
/** Memory that stays free. */
const SPARE_BYTES = 1.5e9;

const options = {
  models: { type: "string" },
  texts: { type: "string" },
  only: { type: "string" },
  runs: { type: "string" },
  seconds: { type: "string" },
  threads: { type: "string", default: "2" },
  tokens: { type: "string", default: "512" },
  keep: { type: "boolean", default: false },
  quick: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
};

/**
 * Compares ours with the strongest peers at scoring pairs or at embedding texts, as the command line says, and prints the JSON line.
 *
 * @param {"rerank" | "embed"} task
 * @param {{ models: string, quickModels: string }} defaults
 */
export async function compare(task, { models, quickModels }) {
  const { values } = parseArgs({ options });
  const settings = {
    task,
    threads: Number(values.threads),
    tokens: Number(values.tokens),
    runs: Number(values.runs ?? (values.quick ? 7 : 15)),
    budgetMs: 1000 * Number(values.seconds ?? (values.quick ? 25 : 90)),
    say: values.json ? () => {} : (text) => console.log(text),
  };
  const names = (values.models ?? (values.quick ? quickModels : models)).split(",");
  const counts = (values.texts ?? (values.quick ? "20" : "20,100")).split(",").map(Number);
  const wanted = values.only?.split(",");
  const unknown = names.find((name) => SHAPES[name]?.task !== task);
  if (unknown !== undefined)
    throw new RangeError(`Expected --models of ${shapesOf(task)}, got "${unknown}".`);

  const peers = installPeers();
  const figures = new Figures(task, { jobs: names.length * counts.length });
  figures.note("threads", settings.threads);
  figures.note("weights", "random, in the models' shapes");
  for (const name of names) {
    const team = await assemble(name, peers, settings, wanted);
    try {
      for (const count of counts)
        await measure(`${name}, ${count} texts`, name, count, team, settings, figures);
      for (const [contender, reason] of Object.entries(team.leftOut))
        figures.add("leftOut", name, contender, reason);
      figures.note("versions", { ...figures.line.versions, ...team.versions });
    } finally {
      await Promise.all([...team.processes.values()].map((each) => each.end()));
      if (!values.keep && team.bytes > LARGE_BYTES) rmSync(team.folder, { recursive: true });
    }
  }
  figures.print();
}

const shapesOf = (task) =>
  Object.keys(SHAPES)
    .filter((name) => SHAPES[name].task === task)
    .join(", ");

/** Starts the contenders that can take part with this model; the others are left out, with the reason. */
async function assemble(name, peers, { task, threads, tokens, say }, wanted) {
  say(`\n## ${name}\n`);
  const { folder } = prepareModel(name);
  const failed = convertModel(folder, task, peers.python);
  const { size } = statSync(join(folder, "model.safetensors"));
  const parameters = size / (SHAPES[name].dtype === "BF16" ? 2 : 4);
  const instructions = cpu().instructions;
  const processes = new Map();
  const start = async (contender) => {
    const started = await EncoderProcess.start(contender, peers, { folder, task, threads, tokens });
    processes.set(contender, started);
    return started;
  };
  const team = { folder, bytes: size, processes, start, tried: {}, leftOut: {}, versions: {} };
  for (const [contender, { needs, form, bytes, task: only }] of Object.entries(CONTENDERS)) {
    if ((only ?? task) !== task || (wanted && !wanted.some((start) => contender.startsWith(start)))) continue;
    try {
      if (needs && !needs.some((each) => instructions.includes(each)))
        throw new Error(`this CPU has none of ${needs.join(", ")}`);
      if (failed[form]) throw new Error(failed[form]);
      if (freemem() < bytes * parameters + SPARE_BYTES) throw new Error("too little memory is free");
      Object.assign(team.versions, (await team.start(contender)).loaded.versions);
    } catch (error) {
      team.leftOut[contender] = String(error.message).split("\n")[0];
      say(`- ${contender} is left out: ${team.leftOut[contender]}`);
    }
  }
  return team;
}

/** Lets all contenders take turns at one job, each in its best way, and adds the figures. */
async function measure(job, name, count, team, { task, tokens, runs, budgetMs, say }, figures) {
  const { processes, leftOut } = team;
  const inputs = inputsOf(name, task, count, tokens);
  const runOf = (contender, way) =>
    processes.get(contender).run(CONTENDERS[contender].isOurs ? inputs.ours : inputs.peers, way);
  /** Drops a way in which a peer crashes, as OpenVINO does with some shapes, but not the peer. */
  const drop = async (contender, way, error) => {
    leftOut[`${contender}, ${way}`] = error.message;
    if (processes.get(contender).hasEnded) await team.start(contender);
  };
  const outputs = {};
  const finalists = {};
  for (const contender of processes.keys()) {
    const tried = {};
    for (const way of waysFor(contender, count, team)) {
      try {
        const { ms, output } = await runOf(contender, way);
        if (output.some((row) => row === null)) throw new Error("some of its results are not numbers");
        outputs[`${contender} ${way}`] = output;
        tried[way] = ms > LONG_MS ? ms : (await runOf(contender, way)).ms;
      } catch (error) {
        await drop(contender, way, error);
      }
    }
    const ways = Object.keys(tried).sort((a, b) => tried[a] - tried[b]);
    if (ways.length === 0) continue;
    team.tried[contender] = { ways, msPerText: tried[ways[0]] / count };
    const chosen = ways.slice(0, tried[ways[0]] > LONG_MS ? 1 : FINALISTS);
    for (const way of chosen) finalists[`${contender} ${way}`] = { contender, way };
  }
  await sleep(SETTLE_MS);
  const turns = {};
  for (const [id, { contender, way }] of Object.entries(finalists)) {
    turns[id] = async () => (await runOf(contender, way)).ms;
    try {
      await turns[id]();
    } catch (error) {
      delete turns[id];
      await drop(contender, way, error);
    }
  }
  const onError = (id, error) => {
    leftOut[id] = error.message;
  };
  const times = await takeTurns(turns, { rounds: runs, budgetMs, onError });
  jobFigures(job, { times, finalists, outputs }, figures, say);
}

/** All that differ with so many texts; where a call is long, the best of a job with fewer. */
function waysFor(contender, count, { tried }) {
  const ways = CONTENDERS[contender].ways.filter(
    (way) => !(["4", "8"].includes(way) && Number(way) >= count),
  );
  const before = tried[contender];
  return before && before.msPerText * count > LONG_MS ? before.ways.slice(0, FINALISTS) : ways;
}

/** Pairs or texts, of the most tokens if these are more than 512; for peers of a causal model, rendered by its template. */
function inputsOf(name, task, count, tokens) {
  const texts = tokens > 512 ? longTexts(count, tokens) : makeChunks(count);
  if (task === "embed") return { ours: texts, peers: texts };
  const pairs = texts.map((text) => [QUERY, text]);
  const isCausal = SHAPES[name].config.architectures[0].endsWith("ForCausalLM");
  return { ours: pairs, peers: isCausal ? texts.map((text) => qwenText(QUERY, text)) : pairs };
}
