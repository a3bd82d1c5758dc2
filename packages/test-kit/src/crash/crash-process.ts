import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { CrashPlace } from "./crash-place.js";

const PROGRAM = join(__dirname, "crash-child.cjs");

/** Options of a process: its folder, and its writer from a table. */
export interface CrashProcessOptions {
  /** Path of the table, as a CommonJS module that runs in plain Node. */
  readonly table: string;
  readonly writer: string;
  readonly folder: string;
  /** Prefix of its versions; unique. */
  readonly id: string;
  /** Number of its first version. @default 0 */
  readonly first?: number;
  /** Environment of the process. @default a folder on this machine */
  readonly place?: CrashPlace | undefined;
}

/** Controls a process that writes or reads (`crash-child.cjs`). */
export class CrashProcess {
  /** Versions begun since the last `forget`; `done` are those that were written. */
  readonly begun: string[] = [];
  readonly done: string[] = [];
  readonly failures: string[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #waiting: { readonly word: string; resolve(rest: string): void }[] = [];
  readonly ready: Promise<string>;

  constructor({ table, writer, folder, id, first = 0, place = { title: "" } }: CrashProcessOptions) {
    const program = [process.execPath, PROGRAM, table, writer, id, String(first), folder];
    const [command = "", ...args] = [...(place.command ?? []), ...program, ...(place.allowedErrors ?? [])];
    this.#child = spawn(command, args, {
      stdio: ["pipe", "pipe", "inherit"],
      // Pass it explicitly: under jest, the default environment is another object.
      env: process.env,
    });
    this.#child.stdin!.on("error", () => undefined);
    this.#ended = once(this.#child, "close");
    this.ready = this.#answer("ready");
    createInterface({ input: this.#child.stdout! }).on("line", (line) => this.#heard(line));
  }

  #heard(line: string): void {
    const [word = "", rest = ""] = line.split(/ (.*)/s);
    if (word === "begin") this.begun.push(rest);
    else if (word === "done") this.done.push(rest);
    else if (word === "rejected") this.begun.pop();
    else if (word === "failed") this.failures.push(rest);
    for (const waiting of this.#waiting.splice(0)) {
      if (word === waiting.word || word === "failed") waiting.resolve(rest);
      else this.#waiting.push(waiting);
    }
  }

  /** Returns the rest of the next line that begins with a word; "" if the process ends before. */
  #answer(word: string): Promise<string> {
    const answer = new Promise<string>((resolve) => this.#waiting.push({ word, resolve }));
    return Promise.race([answer, this.#ended.then(() => "")]);
  }

  tell(command: "go" | "watch"): void {
    this.#child.stdin!.write(`${command}\n`);
  }

  /** Writes one version, or stops writing and reading. Waits for the end. */
  async finish(command: "once" | "pause"): Promise<void> {
    const answer = this.#answer("paused");
    this.#child.stdin!.write(`${command}\n`);
    await answer;
  }

  /** Returns the versions that can be read; undefined if reading fails. */
  async read(): Promise<string[] | undefined> {
    const answer = this.#answer("read");
    const failuresBefore = this.failures.length;
    this.#child.stdin!.write("read\n");
    const versions = await answer;
    return this.failures.length > failuresBefore ? undefined : JSON.parse(versions);
  }

  /** Kills the process, and waits until all of its lines are read. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }

  forget(): void {
    this.begun.length = 0;
    this.done.length = 0;
  }
}
