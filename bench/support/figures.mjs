import { cpu } from "./cpu.mjs";
import { median, quantile } from "./quantile.mjs";

/** Load of the last minute above which a machine is not quiet. */
const BUSY = 0.7;
/** Significant digits of a figure; more would be noise. */
const DIGITS = 4;

/**
 * Collects the figures of a benchmark, and prints them as one JSON line at the end:
 * `{ cpu, ours: {…ms}, peers: {…ms}, ratios: {…peer / ours}, spread: {…[quarter, three quarters]}, drift, … }`.
 * With several jobs, the keys begin with the job: "minilm-l6-reranker, 20 texts: openvino-bf16".
 */
export class Figures {
  #line;
  #jobs;

  /**
   * @param {string} topic
   * @param {{ jobs: number }} options how many there are
   */
  constructor(topic, { jobs }) {
    this.#jobs = jobs;
    const command = ["npm run bench --", topic, ...process.argv.slice(2)].join(" ");
    const date = new Date().toISOString().slice(0, 10);
    const machine = cpu();
    if (machine.load > BUSY)
      console.error(`The machine is busy (load ${machine.load}): times will say little.`);
    this.#line = {
      cpu: machine,
      node: process.versions.node,
      date,
      command,
      ours: {},
      peers: {},
      ratios: {},
    };
  }

  /**
   * Adds times of one job, taken in turns.
   * @param {string} job
   * @param {{ ours: Record<string, number[]>, peers: Record<string, number[]>, base: string }} times ms by name, one a round; ratios are peer / `base`,
   *   one of ours, of the same round
   */
  addTimes(job, { ours, peers, base }) {
    for (const [kind, byName] of Object.entries({ ours, peers })) {
      for (const [name, times] of Object.entries(byName)) {
        this.add(kind, job, name, median(times));
        this.add("spread", job, name, [quantile(times, 0.25), quantile(times, 0.75)]);
      }
    }
    for (const [name, times] of Object.entries(peers)) {
      this.add("ratios", job, name, median(ratiosOf(times, ours[base])));
    }
  }

  /** Adds a figure of another kind, such as "drift". */
  add(kind, job, name, value) {
    this.#line[kind] ??= {};
    this.#line[kind][this.#jobs > 1 ? `${job}: ${name}` : name] = rounded(value);
  }

  /** Adds values of the whole run, such as versions. */
  note(kind, value) {
    this.#line[kind] = rounded(value);
  }

  /** The line's value so far. */
  get line() {
    return this.#line;
  }

  /** Prints the line. */
  print() {
    console.log(JSON.stringify(this.#line));
  }
}

/** Times of the first relative to the second, round by round. */
export function ratiosOf(times, base) {
  return times.slice(0, base.length).map((ms, round) => ms / base[round]);
}

function rounded(value) {
  if (typeof value === "number") return Number(value.toPrecision(DIGITS));
  if (Array.isArray(value)) return value.map(rounded);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
}
