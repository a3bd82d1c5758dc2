import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PeerProcess } from "../support/peer-process.mjs";
import { ours } from "./ours.mjs";

const PEER = fileURLToPath(new URL("./large-peer.py", import.meta.url));

/** Contenders that score pairs: a job is `{ query, texts, inputs }`, where `inputs` is the input of a peer: pairs, or texts rendered by the template. */
export const largeContenders = {
  "ours fp32": ours("fp32"),
  "ours int8": ours("int8"),
  "torch fp32": python("torch", "fp32"),
  "torch bf16": python("torch", "bf16"),
  "OpenVINO fp32": python("openvino", "fp32"),
  "OpenVINO int8": python("openvino", "int8"),
  "ONNX Runtime fp32": python("onnxruntime", "fp32"),
  "llama.cpp q8_0": { load: loadLlama },
};

function python(engine, dtype) {
  return {
    async load({ folder, threads, kind }) {
      const peer = new PeerProcess(process.env.BENCH_PYTHON ?? "python3", PEER);
      await peer.call({ call: "load", folder, engine, dtype, threads, kind });
      const run = async (texts, size) =>
        (await peer.call({ call: "run", texts, size })).output.map((score) => score ?? Number.NaN);
      return {
        ways: {
          "one by one": ({ inputs }) => run(inputs, 1),
          "batches of 4": ({ inputs }) => run(inputs, 4),
          "one batch": ({ inputs }) => run(inputs, inputs.length),
        },
      };
    },
  };
}

/** The tokens that candidates share stay in the sequence's memory from one to the next. */
async function loadLlama({ folder, threads }) {
  const entry = join(process.env.BENCH_PEERS, "node_modules/node-llama-cpp/dist/index.js");
  const { getLlama } = await import(pathToFileURL(entry).href);
  const llama = await getLlama({ gpu: false, build: "never", logLevel: "error", progressLogs: false });
  const file = join(folder, "q8_0.gguf");
  if (!existsSync(file)) throw new Error(`Expected ${file}, as write-gguf.py writes it.`);
  const model = await llama.loadModel({ modelPath: file });
  const contexts = new Map();
  const contextOf = async (sequences) => {
    if (!contexts.has(sequences)) {
      const settings = {
        contextSize: 1024,
        batchSize: 512 * sequences,
        threads,
        sequences,
        flashAttention: true,
      };
      const context = await model.createContext(settings);
      contexts.set(sequences, {
        context,
        open: Array.from({ length: sequences }, () => context.getSequence()),
      });
    }
    return contexts.get(sequences).open;
  };
  const [yes] = model.tokenize("yes", false);
  const [no] = model.tokenize("no", false);
  const score = async (sequence, text) => {
    const tokens = model.tokenize(text, true);
    await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
    const rest = tokens.slice(sequence.nextTokenIndex);
    const last = rest.length - 1;
    const input = rest.map((token, i) =>
      i < last ? token : [token, { generateNext: { probabilities: true } }],
    );
    const outputs = await sequence.controlledEvaluate(input);
    const { probabilities } = outputs[last].next;
    return Math.log(probabilities.get(yes)) - Math.log(probabilities.get(no));
  };
  const run = async (texts, sequences) => {
    const open = await contextOf(sequences);
    const scores = new Array(texts.length);
    const waiting = texts.entries();
    await Promise.all(
      open.map(async (sequence) => {
        for (const [i, text] of waiting) scores[i] = await score(sequence, text);
      }),
    );
    return scores;
  };
  return {
    ways: {
      "one by one": ({ inputs }) => run(inputs, 1),
      "batches of 4": ({ inputs }) => run(inputs, 4),
    },
  };
}

export { largeContenders as contenders };
