import { setTimeout } from "node:timers/promises";
import { Contender } from "./contender.mjs";
import { median, quantile } from "./quantile.mjs";

/** Rounds in which other processes kept more than this many CPUs busy are left out, if enough others remain. */
const MAX_OTHERS = 0.15;
const MIN_ROUNDS = 3;
/** Pause between warming up and measuring. Packing 278 million parameters for a worker takes 1 to 2 seconds. */
const SETTLE_MS = 5000;

/**
 * Lets contenders take turns at the same jobs, in an order that changes from round to round, so that other work of the machine
 * affects all equally. Loads them `loads` times first, each time in a new process.
 *
 * @param {object} options
 * @param {string} options.module URL of the contenders module (see contender-process.mjs)
 * @param {Record<string, string[]>} options.contenders ways to run, by contender
 * @param {Record<string, unknown>} options.jobs by name
 * @param {{ folder: string, threads: number }} options.load
 * @param {number} options.rounds
 * @param {number} options.loads
 * @param {string} options.base "contender / way" that the ratios are relative to
 */
export async function compete({ module, contenders, jobs, load, rounds, loads, base }) {
  const names = Object.keys(contenders);
  const loaded = Object.fromEntries(names.map((name) => [name, []]));
  const processes = {};
  for (let round = 0; round < loads; round++) {
    for (const name of shuffled(names)) {
      const contender = new Contender(module, name);
      loaded[name].push(await contender.load(load));
      if (round < loads - 1) await contender.end();
      else processes[name] = contender;
    }
  }
  const entries = names.flatMap((name) =>
    contenders[name].map((way) => ({ id: `${name} / ${way}`, name, way })),
  );
  const results = Object.fromEntries(entries.map(({ id }) => [id, {}]));
  for (const [job, body] of Object.entries(jobs)) {
    const runs = Object.fromEntries(entries.map(({ id }) => [id, []]));
    // Once to warm up, and once more when the background work of the first call (a pool's workers) is done.
    for (const { name, way } of entries) await processes[name].run(way, body);
    await setTimeout(SETTLE_MS);
    for (const { name, way } of entries) await processes[name].run(way, body);
    for (let round = 0; round < rounds; round++) {
      for (const { id, name, way } of shuffled(entries)) runs[id].push(await processes[name].run(way, body));
    }
    for (const { id } of entries) results[id][job] = summarise(runs[id], runs[base]);
  }
  await Promise.all(Object.values(processes).map((contender) => contender.end()));
  return {
    loads: Object.fromEntries(names.map((name) => [name, summariseLoads(loaded[name])])),
    results,
  };
}

function summarise(runs, base) {
  const pairs = runs.map((run, i) => [run, base[i]]);
  const quiet = pairs.filter((pair) => pair.every(({ others }) => others < MAX_OTHERS));
  const used = quiet.length >= MIN_ROUNDS ? quiet : pairs;
  const times = used.map(([run]) => run.ms);
  const ratios = used.map(([run, other]) => other.ms / run.ms);
  const reference = base[0].output;
  return {
    ms: median(times),
    msLow: quantile(times, 0.25),
    msHigh: quantile(times, 0.75),
    ratio: median(ratios),
    ratioLow: quantile(ratios, 0.25),
    ratioHigh: quantile(ratios, 0.75),
    quietRounds: quiet.length,
    rounds: runs.length,
    delayP99: median(used.map(([run]) => run.delayP99)),
    delayMax: Math.max(...used.map(([run]) => run.delayMax)),
    privateMib: Math.max(...runs.map((run) => run.privateMib)),
    peakMib: Math.max(...runs.map((run) => run.peakMib)),
    differenceFromBase: Math.max(...runs[0].output.map((value, i) => Math.abs(value - reference[i]))),
  };
}

function summariseLoads(loads) {
  return {
    ms: median(loads.map(({ ms }) => ms)),
    privateMib: median(loads.map(({ privateMib }) => privateMib)),
    peakMib: median(loads.map(({ peakMib }) => peakMib)),
  };
}

function shuffled(list) {
  const keyed = list.map((entry) => [Math.random(), entry]);
  return keyed.sort(([a], [b]) => a - b).map(([, entry]) => entry);
}
