/**
 * The whole program of a model's worker thread, as text for `new Worker(source, { eval: true })`. Because it is not a file, it works from
 * ESM, CommonJS, jest and bundles alike. It is plain CommonJS for Node 20, and loads onnxruntime-node by the absolute path that the opener
 * has resolved.
 *
 * Requests: `{ id, kind: "load" | "open" | "run", body, state }`; answers: {@link Answer}. `{ kind: "close" }` ends the
 * thread. {@link WorkerState} describes the words of `state`.
 * The shapes are {@link OpenBody}, {@link RunBody} and {@link RawTensor}.
 */
export const WORKER_SOURCE = `"use strict";
const { parentPort } = require("node:worker_threads");
let runtime;
let session;

const messageOf = (error) => (error instanceof Error ? error.message : String(error));
const port = ({ name, type, shape }) => ({ name, type, shape });

const answers = {
  // A failure is reported when a session opens.
  async load({ runtimePath }) {
    require(runtimePath);
    return { value: undefined };
  },
  async open({ runtimePath, source, options, device }) {
    try {
      runtime = require(runtimePath);
    } catch (error) {
      return { value: { unloadable: messageOf(error) } };
    }
    const available = runtime.listSupportedBackends().map((backend) => backend.name);
    if (!available.includes(device)) return { value: { available } };
    session = await runtime.InferenceSession.create(source, options);
    return { value: { inputs: session.inputMetadata.map(port), outputs: session.outputMetadata.map(port) } };
  },
  async run({ feeds, output }) {
    const tensors = {};
    for (const [name, feed] of Object.entries(feeds)) tensors[name] = new runtime.Tensor(feed.type, feed.data, feed.dims);
    const result = (await session.run(tensors, [output]))[output];
    // onnxruntime owns the result's memory, which cannot be transferred: transfer a copy.
    const data = result.data.slice();
    const value = { type: result.type, data, dims: [...result.dims] };
    result.dispose();
    return { value, transfer: [data.buffer] };
  },
};

const ENDING = 0;
const COMPUTING = 1;
const CANCELLED = 2;
const CANCELLED_WORDS = 64;

// Deno's parentPort has no close.
const close = () => (parentPort.close ? parentPort.close() : globalThis.close());

async function answer({ id, kind, body, state }) {
  if (kind === "close") return close();
  // The worker stores and then loads; the opener does it the other way round. So at least one of the two sees the other's store.
  Atomics.store(state, COMPUTING, 1);
  try {
    if (Atomics.load(state, ENDING) === 1) return;
    if (Atomics.load(state, CANCELLED + (id % CANCELLED_WORDS)) === id + 1) {
      return parentPort.postMessage({ id, cancelled: true });
    }
    const { value, transfer } = await answers[kind](body);
    parentPort.postMessage({ id, value }, transfer);
  } catch (error) {
    parentPort.postMessage({ id, error: { message: messageOf(error) } });
  } finally {
    Atomics.store(state, COMPUTING, 0);
    Atomics.notify(state, COMPUTING);
  }
}

let turn = Promise.resolve();
parentPort.on("message", (request) => {
  turn = turn.then(() => answer(request));
});
`;
