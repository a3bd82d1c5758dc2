import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A program, mostly in Python, that answers one JSON line with one. */
export class PythonPeer {
  #child;
  #answers;

  /** @param {string} python @param {string} program path of the script */
  constructor(python, program) {
    this.#child = spawn(python, [program], { stdio: ["pipe", "pipe", "ignore"] });
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    const kill = () => this.#child.kill();
    process.once("exit", kill);
    this.#child.once("close", () => process.off("exit", kill));
  }

  /** Ends the program, and waits until its memory is free. */
  async end() {
    const gone = new Promise((resolve) => this.#child.once("close", resolve));
    this.#child.kill();
    await gone;
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
