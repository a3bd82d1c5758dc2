import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Bytes of standard error that are kept for the message if a program ends. */
const KEPT = 2000;

/** Running programs; all end with this process. */
const running = new Set();
process.once("exit", () => {
  for (const child of running) child.kill();
});

/** A program, in Python or Node, that answers one JSON line with one. Takes one request at a time. */
export class PeerProcess {
  #child;
  #answers;
  #errors = "";

  /**
   * @param {string} command such as the path of Python or Node
   * @param {string | readonly string[]} program path of the script, followed by its arguments
   * @param {Readonly<Record<string, string>>} env added to the environment
   */
  constructor(command, program, env = {}) {
    const inherited = { ...process.env };
    // Set on some machines for older builds of OpenBLAS. They slow a current one, and so would slow a peer.
    delete inherited.OPENBLAS_CORETYPE;
    delete inherited.OPENBLAS_L2_SIZE;
    this.#child = spawn(command, [program].flat(), {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...inherited, ...env },
    });
    this.#child.on("error", (error) => {
      this.#errors = error.message;
    });
    this.#child.stdin.on("error", () => {});
    this.#child.stderr.on("data", (bytes) => {
      this.#errors = `${this.#errors}${bytes}`.slice(-KEPT);
    });
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    running.add(this.#child);
    this.#child.once("close", () => running.delete(this.#child));
  }

  /** Whether the program has ended, by a crash too. */
  get hasEnded() {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Ends the program, and waits until its memory is free. */
  async end() {
    if (this.hasEnded) return;
    const gone = new Promise((resolve) => this.#child.once("close", resolve));
    this.#child.kill();
    await gone;
  }

  /** @throws Error with the program's message */
  async call(body) {
    this.#child.stdin.write(`${JSON.stringify(body)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) {
      if (!this.hasEnded) await new Promise((resolve) => this.#child.once("close", resolve));
      throw new Error(
        `The program ended (${this.#child.signalCode ?? this.#child.exitCode}). ${lastLine(this.#errors)}`.trim(),
      );
    }
    // A peer may compute NaN, which Python writes although JSON does not have it.
    const answer = JSON.parse(value.replaceAll(/\bNaN\b/g, "null"));
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }
}

const lastLine = (text) => text.trimEnd().split("\n").at(-1);
