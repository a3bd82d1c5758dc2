/**
 * Our server with the settings of `secondpass serve`, in a separate process. It keeps the batches that its model computed, and computes
 * them again, without HTTP, when run.mjs says so. Started by run.mjs with IPC and one JSON argument: `{ model, dtype }`.
 */
import { availableParallelism } from "node:os";
import { loadCrossEncoder } from "@secondpass/hf-runtime";
import { createRerankServer } from "@secondpass/rerank-server";

const { model, dtype } = JSON.parse(process.argv[2]);
let batches = [];
let server;

async function load(signal) {
  const loaded = await loadCrossEncoder({ model, dtype, threads: availableParallelism(), signal });
  const logits = loaded.logits.bind(loaded);
  loaded.logits = (pairs, options) => {
    batches.push(pairs);
    return logits(pairs, options);
  };
  replay = async (seconds) => {
    const end = performance.now() + seconds * 1000;
    const started = performance.now();
    const cpu = process.cpuUsage();
    let pairs = 0;
    for (let place = 0; performance.now() < end; place++) {
      const batch = batches[place % batches.length];
      await logits(batch);
      pairs += batch.length;
    }
    return { pairsPerSecond: pairs / ((performance.now() - started) / 1000), cpuMs: cpuMs(cpu) / pairs };
  };
  return loaded;
}

let replay;
let cpuBefore = process.cpuUsage();
/** CPU time of all threads since then, in ms. */
const cpuMs = (before) => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

process.on("message", async ({ id, call, seconds }) => {
  const answers = {
    forget: () => {
      batches = [];
      cpuBefore = process.cpuUsage();
    },
    batches: () => {
      const pairs = batches.reduce((sum, { length }) => sum + length, 0);
      return { batches: batches.length, pairs, cpuMs: cpuMs(cpuBefore) / pairs };
    },
    replay: () => replay(seconds),
    memory: () => process.memoryUsage.rss() / 2 ** 20,
    end: () => server.close({ graceMs: 0 }),
  };
  process.send({ id, answer: await answers[call]() });
  if (call === "end") process.disconnect();
});

server = await createRerankServer({ model: load, logLevel: "warn" }, { port: 0 });
await server.ready;
process.send({ id: "ready", answer: server.url });
