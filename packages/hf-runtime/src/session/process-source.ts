import { WORKER_SOURCE } from "./worker-source.js";

/**
 * The whole program of a model's child process, as text for `node -e`. Each of its sessions computes in a worker thread of
 * {@link WORKER_SOURCE}. The main thread only passes messages on, so that it notices at any time that the parent has ended.
 *
 * It ends itself by SIGKILL, because that runs no destructors: a thread may be in native code. It ignores a Ctrl-C and signals to the whole
 * process group, because the parent may still be finishing its work.
 *
 * Messages to it: {@link ProcessRequest}; from it: {@link ProcessMessage}.
 */
export const PROCESS_SOURCE = `"use strict";
const { Worker } = require("node:worker_threads");
const source = ${JSON.stringify(WORKER_SOURCE)};
const sessions = new Map();
const send = (message) => process.send(message, undefined, undefined, () => {});
const begin = (number) => {
  const worker = new Worker(source, { eval: true, execArgv: [] });
  const session = { worker, words: new Int32Array(new SharedArrayBuffer(66 * 4)) };
  worker.on("message", (answer) => send({ session: number, answer }));
  worker.on("error", (error) => {
    session.failure = String((error && error.message) || error);
  });
  worker.on("exit", (exitCode) => {
    sessions.delete(number);
    send({ session: number, end: { exitCode, failure: session.failure } });
  });
  sessions.set(number, session);
  return session;
};
try {
  // If memory runs out, Linux ends this process rather than its parent.
  require("node:fs").writeFileSync("/proc/self/oom_score_adj", "500");
} catch {}
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"]) {
  try {
    process.on(signal, () => {});
  } catch {}
}
process.on("message", ({ session: number, cancel, request }) => {
  const session = sessions.get(number) ?? begin(number);
  if (cancel !== undefined) Atomics.store(session.words, 2 + (cancel % 64), cancel + 1);
  else session.worker.postMessage({ ...request, state: session.words });
});
send({ pid: process.pid });
`;
