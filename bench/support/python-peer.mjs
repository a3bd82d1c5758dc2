import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A Python program that answers one JSON line with one. */
export class PythonPeer {
  #child;
  #answers;

  /** @param {string} python @param {string} program path of the script */
  constructor(python, program) {
    this.#child = spawn(python, [program], { stdio: ["pipe", "pipe", "ignore"] });
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    process.once("exit", () => this.#child.kill());
  }

  /** @throws Error with what the program says went wrong */
  async ask(body) {
    this.#child.stdin.write(`${JSON.stringify(body)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error("The Python program ended.");
    // Python writes a NaN as such, which JSON does not know: a peer may compute one.
    const answer = JSON.parse(value.replaceAll(/\bNaN\b/g, "null"));
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }
}
