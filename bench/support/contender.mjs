import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const PROCESS = fileURLToPath(new URL("./contender-process.mjs", import.meta.url));

/** The process of a contender, to which this process sends one request at a time. */
export class Contender {
  #child;

  /**
   * @param {string} module URL of the contenders module
   * @param {string} name of the contender in it
   */
  constructor(module, name) {
    this.#child = fork(PROCESS, [module, name], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      serialization: "advanced",
    });
  }

  load(options) {
    return this.#call("load", options);
  }

  run(way, job) {
    return this.#call("run", { way, job });
  }

  async end() {
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill();
    await gone;
  }

  #call(call, body) {
    return new Promise((resolve, reject) => {
      const answer = ({ value, error }) => {
        this.#child.off("exit", died);
        if (error) reject(new Error(error));
        else resolve(value);
      };
      const died = (code) => reject(new Error(`The contender's process ended with ${code}.`));
      this.#child.once("message", answer);
      this.#child.once("exit", died);
      this.#child.send({ call, body });
    });
  }
}
