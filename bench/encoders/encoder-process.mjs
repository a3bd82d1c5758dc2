import { fileURLToPath } from "node:url";
import { PeerProcess } from "../support/peer-process.mjs";
import { CONTENDERS } from "./contenders.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Ways to pass texts to a peer: rows of a batch, 0 for single texts in parallel, each on its own thread. */
const SIZES = { 1: 1, 4: 4, 8: 8, all: Number.POSITIVE_INFINITY, "side by side": 0 };
/** A contender's process, which has loaded a model. */
export class EncoderProcess {
  #child;

  constructor(child, loaded) {
    this.#child = child;
    /** `versions` of its libraries, and the number format that it `runs` in. */
    this.loaded = loaded;
  }

  /**
   * @param {string} name of CONTENDERS
   * @param {{ python: string, npm: string }} peers
   * @param {{ folder: string, task: "rerank" | "embed", threads: number, tokens?: number }} model: maximum number of tokens of a text, the query included. @default the model's own
   * @throws Error if it does not load
   */
  static async start(name, peers, model) {
    const { engine, dtype, program } = CONTENDERS[name];
    const child =
      program === "python"
        ? new PeerProcess(peers.python, here("./python-peer.py"))
        : new PeerProcess(process.execPath, [here("./node-peer.mjs"), engine], {
            BENCH_PEERS: peers.npm,
          });
    try {
      return new EncoderProcess(child, await child.call({ call: "load", engine, dtype, ...model }));
    } catch (error) {
      await child.end();
      throw error;
    }
  }

  /** @returns {Promise<{ ms: number, output: (number | number[] | null)[] }>} null is what is not a number */
  run(texts, way) {
    return this.#child.call({ call: "run", texts, size: Math.min(SIZES[way], texts.length) });
  }

  /** Whether the process has ended, by a crash too. */
  get hasEnded() {
    return this.#child.hasEnded;
  }

  end() {
    return this.#child.end();
  }
}
