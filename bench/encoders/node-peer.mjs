/**
 * A contender in Node, ours or a peer, that scores pairs or embeds texts: answers one JSON line with one, like python-peer.py.
 *
 *     node node-peer.mjs ENGINE
 *
 * Peers are imported from BENCH_PEERS, the npm folder that installPeers made.
 */
import { answerCalls } from "../support/answer-calls.mjs";

const ENGINES = {
  ours: () => import("./ours.mjs"),
  "transformers.js": () => import("./transformers-js.mjs"),
  "llama.cpp": () => import("./llama-cpp.mjs"),
};

const { load } = await ENGINES[process.argv[2]]();
let model;

await answerCalls({
  async load(options) {
    model = await load(options);
    return { versions: model.versions, runs: options.dtype };
  },
  async run({ texts, size }) {
    const begun = performance.now();
    const output = await model.run(texts, size);
    const ms = performance.now() - begun;
    return { ms, output: output.map((row) => (typeof row === "number" ? row : [...row])) };
  },
});
