/**
 * Runs one contender in a separate process, so that it has its own memory, threads and event loop: loads when told, runs when
 * told, and answers with times and figures.
 *
 * A contenders module exports `contenders`: by name, `async load({ folder, threads })` → `{ ways, dispose }`, where `ways` are
 * functions, by name, from a job to numbers.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { memoryFigures } from "./memory-figures.mjs";
import { watchOthers } from "./watch-others.mjs";

const [module, name] = process.argv.slice(2);
const NANOSECONDS = 1e6;
let model;

const answers = {
  async load(options) {
    const begun = performance.now();
    const { contenders } = await import(module);
    model = await contenders[name].load(options);
    return { ms: performance.now() - begun, ...memoryFigures() };
  },
  async run({ way, job }) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    // It measures from its first tick on, which must come before the work.
    await new Promise((resolve) => setTimeout(resolve, 20));
    delay.reset();
    const others = watchOthers();
    const begun = performance.now();
    const output = await model.ways[way](job);
    const ms = performance.now() - begun;
    // One more turn, so that a blocked event loop is noticed.
    await new Promise((resolve) => setTimeout(resolve, 5));
    delay.disable();
    return {
      ms,
      output,
      others: others(),
      delayP99: delay.percentile(99) / NANOSECONDS,
      delayMax: delay.max / NANOSECONDS,
      ...memoryFigures(),
    };
  },
};

process.on("message", async ({ call, body }) => {
  try {
    process.send({ value: await answers[call](body) });
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) });
  }
});
