import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { CrashPlace } from "./crash-place.js";

const PROGRAM = join(__dirname, "crash-child.cjs");

/** Where a process works, and with which writer of a table. */
export interface CrashProcessOptions {
  /** Path of the table, as a CommonJS module that runs in plain Node. */
  readonly table: string;
  readonly writer: string;
  readonly folder: string;
  /** What its versions begin with; used once. */
  readonly id: string;
  /** Number of its first version. @default 0 */
  readonly first?: number;
  /** @default a folder of this machine */
  readonly place?: CrashPlace | undefined;
}

/** A process that writes or reads (`crash-child.cjs`), as its parent sees it. */
export class CrashProcess {
  /** Versions begun since the last `forget`, and those of them that were written. */
  readonly begun: string[] = [];
  readonly done: string[] = [];
  readonly failures: string[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #waiting: { readonly word: string; resolve(rest: string): void }[] = [];
  readonly ready: Promise<string>;

  constructor({ table, writer, folder, id, first = 0, place = { title: "" } }: CrashProcessOptions) {
    const program = [process.execPath, PROGRAM, table, writer, id, String(first), folder];
    const [command = "", ...args] = [...(place.command ?? []), ...program, ...(place.refusals ?? [])];
    this.#child = spawn(command, args, {
      stdio: ["pipe", "pipe", "inherit"],
      // Not the default: under jest, that is another one.
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
    else if (word === "refused") this.begun.pop();
    else if (word === "failed") this.failures.push(rest);
    for (const waiting of this.#waiting.splice(0)) {
      if (word === waiting.word || word === "failed") waiting.resolve(rest);
      else this.#waiting.push(waiting);
    }
  }

  /** The rest of the next line that begins with a word; "" if the process ends before. */
  #answer(word: string): Promise<string> {
    const answer = new Promise<string>((resolve) => this.#waiting.push({ word, resolve }));
    return Promise.race([answer, this.#ended.then(() => "")]);
  }

  tell(command: "go" | "watch"): void {
    this.#child.stdin!.write(`${command}\n`);
  }

  /** Writes one version, or ends writing and reading; waits for the end. */
  async finish(command: "once" | "pause"): Promise<void> {
    const answer = this.#answer("paused");
    this.#child.stdin!.write(`${command}\n`);
    await answer;
  }

  /** The versions that can be read; undefined if reading fails. */
  async read(): Promise<string[] | undefined> {
    const answer = this.#answer("read");
    const failuresBefore = this.failures.length;
    this.#child.stdin!.write("read\n");
    const versions = await answer;
    return this.failures.length > failuresBefore ? undefined : JSON.parse(versions);
  }

  /** Kills the process, and waits until all that it said is heard. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }

  forget(): void {
    this.begun.length = 0;
    this.done.length = 0;
  }
}
