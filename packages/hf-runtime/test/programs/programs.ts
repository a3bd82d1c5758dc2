import { join } from "node:path";

/** The programs need built code. */
const DIST = join(__dirname, "../../dist/index.cjs");
const MODEL = join(__dirname, "../fixtures/models/bert-cross-encoder");

/** A program that ends in some way while it has a model. Its argument is the time to wait before, in milliseconds. */
export interface Program {
  readonly name: string;
  readonly source: string;
  /** Exit code or signal. @default 0 */
  readonly end?: number | string;
  /** Whether it may write to its standard error. @default false */
  readonly complains?: boolean;
}

const START = `
const { loadCrossEncoder } = require(${JSON.stringify(DIST)});
const { once } = require("node:events");
const { Worker, parentPort } = require("node:worker_threads");
const wait = Number(process.argv[2] ?? 0);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const pairs = Array.from({ length: 3000 }, (_, i) => ["how long", i + " it took many years to finish the tower"]);
const load = (options) => loadCrossEncoder({ model: ${JSON.stringify(MODEL)}, threads: 2, ...options });
`;

const inMain = (body: string) => `${START}\n(async () => {\n${body}\n})();`;

/** A program that starts a thread, waits for its message and a little longer, and terminates it. */
function inThread(body: string): string {
  const thread = inMain(body);
  return inMain(`
    const worker = new Worker(${JSON.stringify(thread)}, { eval: true });
    worker.on("error", (error) => { console.error(error); process.exit(3); });
    await new Promise((resolve) => worker.once("message", resolve));
    await sleep(wait);
    await worker.terminate();
    await sleep(50);
    console.log("on");`);
}

/** Programs whose end once crashed the process (exit code 134), and similar ones. Each prints "on" just before it ends. */
export const PROGRAMS: readonly Program[] = [
  {
    name: "terminates an idle thread",
    source: inThread(`const model = await load();
      await model.predict(pairs.slice(0, 2));
      parentPort.postMessage("idle");
      setInterval(() => {}, 1000);`),
  },
  {
    name: "terminates a busy thread",
    source: inThread(`const model = await load();
      parentPort.postMessage("busy");
      for (;;) await model.predict(pairs);`),
  },
  {
    name: "terminates a thread that computes by itself",
    source: inThread(`const model = await load({ worker: false });
      parentPort.postMessage("busy");
      await model.predict(pairs);
      setInterval(() => {}, 1000);`),
  },
  {
    name: "terminates a thread that loads",
    source: inThread(`parentPort.postMessage("loading");
      const model = await load();
      await model.predict(pairs);
      setInterval(() => {}, 1000);`),
  },
  {
    name: "has a thread that exits in the midst of a call",
    source: inMain(`const worker = new Worker(${JSON.stringify(
      inMain(`const model = await load();
        model.predict(pairs).catch(() => {});
        await sleep(20);
        process.exit(0);`),
    )}, { eval: true });
      worker.on("exit", () => console.log("on"));`),
  },
  {
    name: "exits during a load",
    source: inMain(`load().catch(() => {}); await sleep(wait); console.log("on"); process.exit(0);`),
  },
  {
    name: "exits during a call",
    source: inMain(`const model = await load();
      model.predict(pairs).catch(() => {});
      await sleep(wait); console.log("on"); process.exit(0);`),
  },
  {
    name: "exits during a call in a process",
    source: inMain(`const model = await load({ isolation: "process" });
      model.predict(pairs).catch(() => {});
      await sleep(wait); console.log("on"); process.exit(0);`),
  },
  {
    name: "exits after a call that was aborted",
    source: inMain(`const model = await load();
      await model.predict(pairs, { signal: AbortSignal.timeout(wait + 1) }).catch(() => {});
      console.log("on"); process.exit(0);`),
  },
  {
    name: "comes to its end without dispose",
    source: inMain(`const model = await load(); await model.predict(pairs.slice(0, 3)); console.log("on");`),
  },
  {
    name: "comes to its end without dispose of a process",
    source: inMain(`const model = await load({ isolation: "process" });
      await model.predict(pairs.slice(0, 3)); console.log("on");`),
  },
  {
    name: "fails during a call",
    end: 1,
    complains: true,
    source: inMain(`const model = await load();
      model.predict(pairs).catch(() => {});
      await sleep(wait); console.log("on");
      setImmediate(() => { throw new Error("on purpose"); });`),
  },
  {
    name: "is sent SIGTERM",
    end: "SIGTERM",
    source: inMain(`setTimeout(() => { console.log("on"); process.kill(process.pid, "SIGTERM"); }, wait);
      const model = await load();
      for (;;) await model.predict(pairs);`),
  },
  {
    name: "exits on SIGTERM",
    source: inMain(`process.on("SIGTERM", () => process.exit(0));
      setTimeout(() => { console.log("on"); process.kill(process.pid, "SIGTERM"); }, wait);
      const model = await load();
      for (;;) await model.predict(pairs);`),
  },
];

/** A test file for a test runner that loads a model, computes, and leaves a running call. */
export const TEST_FILE = `${START}
test("scores", async () => {
  const model = await load();
  const [scores] = await model.predict(pairs.slice(0, 1));
  if (!Number.isFinite(scores[0])) throw new Error("no score");
  model.predict(pairs.slice(0, 500)).catch(() => {});
});`;

/** A task for a thread pool that runs until it is aborted. */
export const POOL_TASK = `${START}
module.exports = async () => {
  const model = await load();
  for (;;) await model.predict(pairs);
};`;
