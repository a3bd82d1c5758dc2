/**
 * The clients of a load, in one separate process. Started by run.mjs with one JSON argument; prints one JSON line.
 * - `{ url, clients, seconds, pairs }`: this many clients send requests, each the next one as soon as it has an answer.
 * - `{ burn, seconds, pairs }`: no server; makes and parses JSON for that share of a CPU. It replaces the clients next to the bare engine.
 */
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { requestOf } from "./request-of.mjs";

const settings = JSON.parse(process.argv[2]);
/** Length of a slice of CPU work, in ms. */
const SLICE_MS = 20;

const started = performance.now();
const cpu = process.cpuUsage();
const end = started + settings.seconds * 1000;
const report = settings.burn === undefined ? await load(settings) : await burn(settings);
const { user, system } = process.cpuUsage(cpu);
const seconds = (performance.now() - started) / 1000;
console.log(JSON.stringify({ ...report, seconds, cpuShare: (user + system) / 1e6 / seconds }));

async function load({ url, clients, pairs }) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const statuses = {};
  const latencies = [];
  let place = 0;
  let wrong = 0;
  const runClient = async () => {
    while (performance.now() < end) {
      const begun = performance.now();
      const { status, retryAfter, body } = await post(agent, url, requestOf(place++, pairs));
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status === 200) {
        latencies.push(performance.now() - begun);
        const answer = JSON.parse(body);
        const ids = new Set(answer.map(({ index }) => index));
        if (ids.size !== pairs || !answer.every(({ score }) => Number.isFinite(score))) wrong += 1;
      } else if (status === 429) await sleep(Number(retryAfter ?? 1) * 1000);
    }
  };
  await Promise.all(Array.from({ length: clients }, runClient));
  agent.destroy();
  return { statuses, latencies, wrong };
}

async function burn({ burn: share, pairs }) {
  let place = 0;
  while (performance.now() < end) {
    const slice = performance.now();
    while (performance.now() - slice < SLICE_MS * share)
      JSON.parse(JSON.stringify(requestOf(place++, pairs)));
    await sleep(SLICE_MS - (performance.now() - slice));
  }
  return {};
}

/** Status 0 is a connection that failed. */
function post(agent, url, value) {
  const body = JSON.stringify(value);
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const sent = request(url, { agent, method: "POST", headers });
    sent.on("error", () => resolve({ status: 0 }));
    sent.on("response", (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (piece) => {
        text += piece;
      });
      answer.on("error", () => resolve({ status: 0 }));
      answer.on("end", () =>
        resolve({ status: answer.statusCode, retryAfter: answer.headers["retry-after"], body: text }),
      );
    });
    sent.end(body);
  });
}
