import { fileURLToPath } from "node:url";
import { atRecall } from "./at-recall.mjs";
import { PeerProcess } from "./peer-process.mjs";
import { median } from "./quantile.mjs";
import { takeTurns } from "./take-turns.mjs";

/** Recalls at which engines are compared. */
export const RECALLS = [0.95, 0.99];

const TRUTH = fileURLToPath(new URL("../search/truth.py", import.meta.url));

/** The exact neighbours of the first queries, by brute force in float64. @param request as truth.py takes it, of all vectors by l2 unless it says otherwise */
export async function trueNeighbours(python, request) {
  const brute = new PeerProcess(python, TRUTH);
  const { ids } = await brute.call({ call: "neighbours", metric: "l2", allowed: null, ...request });
  await brute.end();
  return ids;
}

/**
 * Measures recall and time of a query for each engine and setting; all engines take turns.
 *
 * @param {Map<string, { call(body: object): Promise<{ ms: number, ids: number[][] }> }>} engines by name
 * @param {object} options
 * @param {string} options.setting what the engines call it
 * @param {readonly number[]} options.values of the setting, ascending
 * @param {object} options.request the other fields of a search request, with `count` and `k`
 * @param {readonly number[][]} options.truth
 * @param {number} options.runs rounds
 * @returns {Promise<Record<string, { value: number, recall: number, times: number[] }[]>>} by engine
 */
export async function recallCurves(engines, { setting, values, request, truth, runs }) {
  const curves = Object.fromEntries([...engines.keys()].map((name) => [name, []]));
  const search = (engine, value) => engine.call({ call: "search", first: 0, ...request, [setting]: value });
  // WebAssembly and JavaScript are optimised only after they have run a while.
  for (const engine of engines.values()) await search(engine, values.at(-1));
  for (const value of values) {
    const recalls = {};
    const contenders = Object.fromEntries(
      [...engines].map(([name, engine]) => [
        name,
        async () => {
          const { ms, ids } = await search(engine, value);
          recalls[name] = recallOf(ids, truth, request.k);
          return ms / request.count;
        },
      ]),
    );
    for (const turn of Object.values(contenders)) await turn();
    const times = await takeTurns(contenders, { rounds: runs });
    for (const name of engines.keys())
      curves[name].push({ value, recall: recalls[name], times: times[name] });
  }
  return curves;
}

/** Prints the curves, and adds them and the values at each of {@link RECALLS} to the figures. */
export function reportCurves(curves, { set, setting, runs, figures, say }) {
  say(`\n| ${setting} | engine | recall | ms a query |\n|---:|---|---:|---:|`);
  for (const [name, points] of Object.entries(curves)) {
    for (const { value, recall, times } of points)
      say(`| ${value} | ${name} | ${recall.toFixed(4)} | ${median(times).toFixed(3)} |`);
    const curve = points.map(({ value, recall, times }) => [value, recall, 1000 / median(times)]);
    figures.add("curves", set, name, curve);
  }
  for (const recall of RECALLS) {
    const job = `${set}, recall ${recall}`;
    // One curve for each round, so that ratios compare values of the same round.
    const at = Object.fromEntries(
      Object.entries(curves).map(([name, points]) => [
        name,
        Array.from({ length: runs }, (_, round) =>
          atRecall(
            points.map((point) => ({ recall: point.recall, value: point.times[round] })),
            recall,
          ),
        ),
      ]),
    );
    const reached = Object.fromEntries(Object.entries(at).filter(([, times]) => times[0] !== undefined));
    for (const name of Object.keys(at)) {
      if (!(name in reached)) figures.add("leftOut", job, name, `no ${setting} reaches this recall`);
    }
    const { ours, ...peers } = reached;
    if (ours) figures.addTimes(job, { ours: { ours }, peers, base: "ours" });
    for (const [name, times] of Object.entries(reached)) {
      figures.add("qps", job, name, 1000 / median(times));
      say(`\n${job}: ${name} ${(1000 / median(times)).toFixed(0)} queries a second`);
    }
  }
}

/** Share of the true neighbours that were found. */
export function recallOf(lists, truth, k) {
  let found = 0;
  lists.forEach((ids, i) => {
    const wanted = new Set(truth[i]);
    found += ids.filter((id) => wanted.has(id)).length;
  });
  return found / (truth.length * k);
}
