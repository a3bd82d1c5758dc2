import { runInThisContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "@jest/globals";
import { WorkerState } from "../../src/session/worker-state.js";

/** The real process. The object that jest gives to tests gets no "exit" event. */
const program: NodeJS.Process = runInThisContext("process");

describe("a worker's state", () => {
  it("delays the end of the process for a computing worker, and lets it begin nothing more", async () => {
    const state = new WorkerState();
    const source = `const { workerData: words } = require("node:worker_threads");
      Atomics.store(words, 1, 1);
      Atomics.notify(words, 1);
      // Computes until it sees the end, and a little longer.
      while (Atomics.load(words, 0) === 0);
      Atomics.wait(words, 0, 1, 20);
      Atomics.store(words, 1, 0);
      Atomics.notify(words, 1);`;
    const worker = new Worker(source, { eval: true, workerData: state.words });
    const gone = new Promise((resolve) => worker.once("exit", resolve));
    await new Promise((resolve) => worker.once("online", resolve));
    Atomics.wait(state.words, 1, 0);
    program.listeners("exit").at(-1)?.call(program, 0);
    expect([...state.words.subarray(0, 2)]).toEqual([1, 0]);
    await gone;
    state.forget();
  });

  it("listens for the end of the process only while there are workers", () => {
    const before = program.listenerCount("exit");
    const states = [new WorkerState(), new WorkerState()];
    expect(program.listenerCount("exit")).toBe(before + 1);
    for (const state of states) state.forget();
    expect(program.listenerCount("exit")).toBe(before);
  });
});
