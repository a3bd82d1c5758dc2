import type { Worker } from "node:worker_threads";
import { ScanWorkerError } from "../errors/scan-worker-error.js";
import { kernelModule } from "./kernels.js";
import type { ThreadTask } from "./thread-task.js";

/**
 * What a thread runs: the kernels over memories it is shown once. A string, so that it needs no file of its own in whatever a bundler
 * makes of this package; it runs as CommonJS and as a module, which a flag of Node may make of it.
 */
const SOURCE = `
const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads")
  ?? (typeof require === "function" ? require("node:worker_threads") : undefined);
const arenas = new Map();
function serve({ parentPort }) {
  // A memory that did not arrive will never be worked on: the thread's end says so.
  parentPort.on("messageerror", () => process.exit(1));
  parentPort.on("message", ({ task, arena, module, memory, kernel, args, forget }) => {
    if (forget !== undefined) return void arenas.delete(forget);
    let problem;
    try {
      if (module !== undefined) arenas.set(arena, new WebAssembly.Instance(module, { env: { memory } }).exports);
      arenas.get(arena)[kernel](...args);
    } catch (error) {
      problem = String(error);
    }
    parentPort.postMessage({ task, problem });
  });
}
if (threads !== undefined) serve(threads);
else import("node:worker_threads").then(serve);
`;

/** What came of a task. */
interface Outcome {
  /** False if the thread ended before the task was done; its memory is left as it was then. */
  readonly isDone: boolean;
  /** The error that the thread saw, as text. */
  readonly problem?: string | undefined;
}

/** One thread that scans shared memory or links graphs in it. */
export class ScanThread {
  readonly #worker: Worker;
  /** Numbers of the memories that it has been shown. */
  readonly #shown = new Set<number>();
  readonly #pending = new Map<number, (outcome: Outcome) => void>();
  readonly #onEnd: () => void;
  #nextTask = 0;
  #ended: Promise<void> | undefined;

  /** @param onEnd called once, when the thread has ended by itself or is about to */
  constructor(WorkerClass: typeof Worker, onEnd: () => void) {
    this.#onEnd = onEnd;
    // Nothing of the program's comes along: its loaders and flags (--import, --input-type=module, NODE_OPTIONS) stay out.
    this.#worker = new WorkerClass(SOURCE, { eval: true, execArgv: [], env: {}, name: "secondpass-scan" });
    this.#worker.on("message", ({ task, problem }: { task: number; problem?: string }) =>
      this.#settle(task, { isDone: true, problem }),
    );
    this.#worker.on("error", () => void this.end());
    this.#worker.on("exit", () => void this.end());
    // A program that has nothing else to do ends, whatever idle threads there are.
    this.#worker.unref();
  }

  /**
   * Runs a task.
   * @param arena number of the memory it works on
   * @returns false if the thread ended before the task was done; no thread touches its memory any more then
   * @throws ScanWorkerError
   */
  async run({ kernel, args }: ThreadTask, arena: number, memory: WebAssembly.Memory): Promise<boolean> {
    if (this.#ended !== undefined) {
      await this.#ended;
      return false;
    }
    const introduction = this.#shown.has(arena) ? {} : { module: kernelModule(true), memory };
    const task = this.#nextTask++;
    const outcome = await new Promise<Outcome>((resolve) => {
      this.#worker.postMessage({
        ...introduction,
        task,
        arena,
        kernel,
        args,
      });
      this.#shown.add(arena);
      // While work is waited for, the program must not end.
      if (this.#pending.size === 0) this.#worker.ref();
      this.#pending.set(task, resolve);
    });
    if (outcome.problem !== undefined) throw new ScanWorkerError(outcome.problem);
    return outcome.isDone;
  }

  /** Lets a memory go. */
  forget(arena: number): void {
    if (this.#shown.delete(arena) && this.#ended === undefined) this.#worker.postMessage({ forget: arena });
  }

  /** Ends the thread; tasks that it has not done end without it. Safe to call twice. */
  end(): Promise<void> {
    if (this.#ended === undefined) {
      this.#ended = this.#terminate();
      this.#onEnd();
    }
    return this.#ended;
  }

  async #terminate(): Promise<void> {
    // Only then does nobody write to the tasks' memory any more.
    await Promise.resolve(this.#worker.terminate()).catch(() => undefined);
    for (const task of [...this.#pending.keys()]) this.#settle(task, { isDone: false });
  }

  #settle(task: number, outcome: Outcome): void {
    const resolve = this.#pending.get(task);
    this.#pending.delete(task);
    if (this.#pending.size === 0) this.#worker.unref();
    resolve?.(outcome);
  }
}
