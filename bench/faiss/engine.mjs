import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The process of an engine, to which this process sends one request at a time. */
export class Engine {
  #child;
  #lines;

  constructor(name, threads) {
    this.name = name;
    const python = process.env.FAISS_PYTHON ?? "python3";
    const [command, args] =
      name === "faiss"
        ? [python, [here("./faiss-process.py")]]
        : [process.execPath, ["--max-old-space-size=16384", here("./engine-process.mjs"), name]];
    this.#child = spawn(command, args, {
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: String(threads) },
    });
    this.#child.on("error", () => {});
    this.#child.stdin.on("error", () => {});
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** faiss says its version and instruction sets first. */
  async greeting() {
    return this.name === "faiss" ? this.#answer() : undefined;
  }

  build(options) {
    return this.#call({ build: options });
  }

  search(options) {
    return this.#call({ search: options });
  }

  end() {
    this.#child.kill();
  }

  #call(question) {
    this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    return this.#answer();
  }

  async #answer() {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error("its process ended (is it installed?)");
    const answer = JSON.parse(value);
    if (answer.error) throw new Error(answer.error.split("\n")[0]);
    return answer;
  }
}
