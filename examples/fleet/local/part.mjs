import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** Characters of a process's output that are kept for errors. */
const KEPT = 4000;
/** How often it is checked whether a process is ready, in ms. */
const POLL_MS = 25;

/** All running processes. They end when this process ends. */
const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** A process of the fleet, which may be killed and started again. */
export class Part {
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #child;
  #output = "";
  #wasReady = false;

  /**
   * @param {object} settings
   * @param {string} settings.name
   * @param {string} settings.command
   * @param {readonly string[]} settings.words
   * @param {(output: string) => boolean | Promise<boolean>} settings.isReady
   * @param {NodeJS.ProcessEnv} [settings.env] `@default this process's`
   * @param {number} [settings.user] the user that it runs as. `@default this process's`
   */
  constructor({ name, command, words, isReady, env = process.env, user }) {
    this.name = name;
    this.command = command;
    this.words = words;
    this.isReady = isReady;
    this.options = { env, ...(user === undefined ? {} : { uid: user, gid: user }) };
  }

  get isRunning() {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Whether it runs and has been ready. */
  get isUp() {
    return this.isRunning && this.#wasReady;
  }

  /** Its latest output. */
  get output() {
    return this.#output;
  }

  /** Starts it, and waits until it is ready. */
  async start() {
    this.#output = "";
    this.#wasReady = false;
    const child = spawn(this.command, this.words, { ...this.options, stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    running.add(child);
    /** @type {unknown} */
    let failure;
    child.on("error", (error) => {
      failure = error;
    });
    child.on("close", () => running.delete(child));
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text) => {
        this.#output = (this.#output + text).slice(-KEPT);
      });
    while (!(await this.isReady(this.#output))) {
      if (failure !== undefined || !this.isRunning || this.#child !== child)
        throw new Error(`${this.name} ended before it was ready: ${failure ?? this.#output}`);
      await sleep(POLL_MS);
    }
    this.#wasReady = true;
  }

  /**
   * Sends a signal, and waits for the end.
   * @param {NodeJS.Signals} [signal]
   * @returns {Promise<number | NodeJS.Signals | null>} the exit code, or what ended it
   */
  async kill(signal = "SIGKILL") {
    const child = this.#child;
    if (child === undefined) return null;
    if (this.isRunning) {
      const closed = once(child, "close");
      child.kill(signal);
      await closed;
    }
    return child.exitCode ?? child.signalCode;
  }
}
