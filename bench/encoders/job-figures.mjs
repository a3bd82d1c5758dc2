import { ratiosOf } from "../support/figures.mjs";
import { median } from "../support/quantile.mjs";
import { CONTENDERS } from "./contenders.mjs";
import { drift } from "./drift.mjs";

/** Contenders with float32 results: the first of these that takes part is the reference. */
const REFERENCES = ["torch-f32", "onnxruntime-fp32", "ours-fp32"];

/**
 * Adds the figures of a job's turns: times of each contender in its fastest way, drift, and the peer with which each of our number formats is compared.
 *
 * @param {string} job
 * @param {object} turns
 * @param {Record<string, number[]>} turns.times ms of each "contender way", one a round
 * @param {Record<string, { contender: string, way: string }>} turns.finalists
 * @param {Record<string, (number | number[])[]>} turns.outputs
 * @param {import("../support/figures.mjs").Figures} figures
 * @param {(text: string) => void} say
 */
export function jobFigures(job, { times, finalists, outputs }, figures, say) {
  const chosen = fastestWays(times, finalists, outputs);
  const ours = timesOf(true);
  const base = ours.int8 ? "int8" : Object.keys(ours)[0];
  if (base) figures.addTimes(job, { ours, peers: timesOf(false), base });
  const reference = REFERENCES.find((name) => chosen[name]);
  const head = ["contender", "way", "ms", `times our ${base}`, "drift, largest", "drift, mean"];
  say(`### ${job}\n\n| ${head.join(" | ")} |\n|---|---|---:|---:|---:|---:|`);
  const compared = Object.entries(chosen).map(([name, { way, own, output }]) => {
    const { isOurs = false, isExact = false } = CONTENDERS[name];
    const key = keyOf(name);
    const apart = reference && drift(output, chosen[reference].output);
    figures.add("ways", job, key, way);
    if (apart) figures.add("drift", job, key, apart);
    const ratio = base && median(ratiosOf(own, ours[base]));
    const toFp32 = ours.fp32 && median(ratiosOf(own, ours.fp32));
    if (isExact && !isOurs && toFp32) figures.add("ratiosToFp32", job, key, toFp32);
    const shown = [
      median(own).toFixed(1),
      ratio?.toFixed(2),
      apart?.max.toExponential(1),
      apart?.mean.toExponential(1),
    ];
    say(`| ${[name, way, ...shown.map((each) => each ?? "")].join(" | ")} |`);
    return { key, isOurs, isExact, drift: apart?.mean, ratio, toFp32 };
  });
  say(
    reference
      ? `\nDrift is from ${reference}.\n`
      : "\nNo contender computed in float32, so there is no drift to show.\n",
  );
  addMarks(job, compared, figures);

  function timesOf(isOurs) {
    const names = Object.keys(chosen).filter((name) => Boolean(CONTENDERS[name].isOurs) === isOurs);
    return Object.fromEntries(names.map((name) => [keyOf(name), chosen[name].own]));
  }
}

const keyOf = (name) => name.replace("ours-", "");

/** Of each contender its faster way. */
function fastestWays(times, finalists, outputs) {
  const chosen = {};
  for (const [id, { contender, way }] of Object.entries(finalists)) {
    if (times[id] === undefined) continue;
    if (chosen[contender] === undefined || median(times[id]) < median(chosen[contender].own))
      chosen[contender] = { way, own: times[id], output: outputs[id] };
  }
  return chosen;
}

/** The fastest peer to compare with int8, whose drift is at least that of int8, and the fastest in float32 to compare with fp32. */
function addMarks(job, compared, figures) {
  const peers = compared.filter(({ isOurs }) => !isOurs);
  const int8 = compared.find(({ key, isOurs }) => isOurs && key === "int8");
  const rough = peers.filter((peer) => peer.drift >= int8?.drift).sort((a, b) => a.ratio - b.ratio);
  const exact = peers.filter(({ isExact, toFp32 }) => isExact && toFp32).sort((a, b) => a.toFp32 - b.toFp32);
  if (rough.length > 0) figures.add("marks", job, "int8", { peer: rough[0].key, ratio: rough[0].ratio });
  if (exact.length > 0) figures.add("marks", job, "fp32", { peer: exact[0].key, ratio: exact[0].toFp32 });
}
