/**
 * Measures a server under load: is every request answered, how much of the bare engine's throughput remains, how long do requests take, and how does
 * a FastAPI server of the same model do? From the repository's root, after a build:
 *
 *     node bench/serve-load/run.mjs [--seconds 60] [--clients 64] [--pairs 10] [--rounds 3] [--model FOLDER|HUB_ID] [--dtype fp32]
 *         [--python PATH: for the peer, with fastapi, uvicorn and sentence-transformers]
 *
 * The clients run in a separate process. "Engine" is the same process as the server: the same model computes the batches that it has just
 * computed for the requests, in the same order, without HTTP. Meanwhile a process uses the share of a CPU that the clients used.
 * Exits with 1 if an answer was wrong, or any was an error other than 429.
 */
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { RERANKER_PATH } from "@secondpass/mini-models";
import { machine } from "../support/machine.mjs";
import { median, quantile } from "../support/quantile.mjs";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    clients: { type: "string", default: "64" },
    pairs: { type: "string", default: "10" },
    rounds: { type: "string", default: "3" },
    model: { type: "string", default: RERANKER_PATH },
    dtype: { type: "string", default: "fp32" },
    python: { type: "string" },
  },
});
const [seconds, clients, pairs, rounds] = ["seconds", "clients", "pairs", "rounds"].map((name) =>
  Number(values[name]),
);
/** Time to warm up a contender, in s. */
const WARM_UP_S = Math.min(5, seconds);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Runs the clients' process. */
async function runClient(settings) {
  const child = spawn(process.execPath, [here("client.mjs"), JSON.stringify({ pairs, ...settings })], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece) => {
    text += piece;
  });
  await once(child, "close");
  return JSON.parse(text);
}

const load = (url, length = seconds) => runClient({ url: `${url}/rerank`, clients, seconds: length });

async function startOurs() {
  const child = fork(here("server.mjs"), [JSON.stringify({ model: values.model, dtype: values.dtype })]);
  const waiting = new Map();
  child.on("message", ({ id, answer }) => waiting.get(id)?.(answer));
  const heard = (id) => new Promise((resolve) => waiting.set(id, resolve));
  let id = 0;
  const url = await heard("ready");
  return {
    url,
    call(call, more = {}) {
      child.send({ id: ++id, call, ...more });
      return heard(id);
    },
  };
}

async function startPeer(python) {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  const child = spawn(python, [here("peer.py"), values.model, String(port)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error("The peer ended.");
    await sleep(200);
  }
  return { url, end: () => child.kill() };
}

const figures = { ours: [], engine: [], peer: [] };
const memory = [];
let faults = 0;

/** Results of a load. */
function summary({ statuses, latencies, wrong, seconds: took, cpuShare }) {
  const answered = statuses[200] ?? 0;
  faults += wrong;
  for (const [status, count] of Object.entries(statuses))
    if (status !== "200" && status !== "429") faults += count;
  return {
    pairsPerSecond: (answered * pairs) / took,
    p50: median(latencies),
    p99: quantile(latencies, 0.99),
    overloaded: statuses[429] ?? 0,
    cpuShare,
  };
}

console.log(
  `${machine()}; ${clients} clients, ${pairs} pairs a request, ${seconds} s, ${rounds} rounds, ${values.dtype}`,
);
const ours = await startOurs();
const peer = values.python === undefined ? undefined : await startPeer(values.python);
await load(ours.url, WARM_UP_S);
if (peer) await load(peer.url, WARM_UP_S);
for (let round = 0; round < rounds; round++) {
  await ours.call("forget");
  const run = summary(await load(ours.url));
  const { batches, pairs: computed, cpuMs } = await ours.call("batches");
  figures.ours.push({ ...run, pairsPerBatch: computed / batches, cpuMs });
  const [engine, beside] = await Promise.all([
    ours.call("replay", { seconds }),
    runClient({ burn: run.cpuShare, seconds }),
  ]);
  figures.engine.push({ ...engine, cpuShare: beside.cpuShare });
  if (peer) figures.peer.push(summary(await load(peer.url)));
  memory.push(await ours.call("memory"));
}
await ours.call("end");
peer?.end();

const valuesOf = (contender, key) => figures[contender].map((run) => run[key]);
/** Median of the rounds, with minimum and maximum if there are several. */
function spread(numbers, digits) {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)].map((each) => each.toFixed(digits));
  return `${median(numbers).toFixed(digits)}${numbers.length > 1 ? ` (${least}–${most})` : ""}`;
}
const of = (contender, key, digits = 0) => spread(valuesOf(contender, key), digits);
const ratio = (contender, key, digits) =>
  spread(
    figures.ours.map((run, round) => run[key] / figures[contender][round][key]),
    digits,
  );
console.log("Medians of the rounds, with the least and the most.");
for (const contender of ["ours", "peer"]) {
  if (figures[contender].length === 0) continue;
  const times = spread(
    figures[contender].map(({ p50, p99 }) => p99 / p50),
    2,
  );
  console.log(
    `${contender}: ${of(contender, "pairsPerSecond")} pairs/s; median ${of(contender, "p50")} ms, p99 ${of(contender, "p99")} ms ` +
      `(${times} times the median); 429: ${of(contender, "overloaded")}; clients' CPU ${of(contender, "cpuShare", 3)}`,
  );
}
console.log(
  `engine: ${of("engine", "pairsPerSecond")} pairs/s in the same batches (${of("ours", "pairsPerBatch", 1)} pairs each); CPU beside it ${of("engine", "cpuShare", 3)}`,
);
console.log(
  `CPU a pair: ours ${of("ours", "cpuMs", 2)} ms, engine ${of("engine", "cpuMs", 2)} ms, ours / engine = ${ratio("engine", "cpuMs", 3)}`,
);
console.log(
  `ours / engine = ${ratio("engine", "pairsPerSecond", 3)}${peer ? `; ours / peer = ${ratio("peer", "pairsPerSecond", 2)}` : ""}`,
);
console.log(
  `answers wrong or errors other than 429: ${faults}; server's memory: ${memory.map((mib) => mib.toFixed(0)).join(" ")} MiB`,
);
if (faults > 0) process.exitCode = 1;
