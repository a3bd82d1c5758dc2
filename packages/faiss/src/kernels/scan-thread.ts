import type { Worker } from "node:worker_threads";
import { ScanWorkerError } from "../errors/scan-worker-error.js";
import { kernelModule } from "./kernels.js";
import type { ThreadTask } from "./thread-task.js";

/**
 * The program of a thread: it runs kernels on memories that it receives once. It is a string, so that bundles of this package need no separate file.
 * It runs as CommonJS and as a module, because a flag of Node may choose either.
 */
const SOURCE = `
const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads")
  ?? (typeof require === "function" ? require("node:worker_threads") : undefined);
const arenas = new Map();
function serve({ parentPort }) {
  // A memory did not arrive: end the thread, so that its tasks fail.
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

/** The outcome of a task. */
interface Outcome {
  /** False if the thread ended before the task was done; its memory is left as it was then. */
  readonly isDone: boolean;
  /** The error in the thread, as text. */
  readonly problem?: string | undefined;
}

/** One thread that scans shared memory or links graphs in it. */
export class ScanThread {
  readonly #worker: Worker;
  /** Numbers of the memories that the thread has received. */
  readonly #shown = new Set<number>();
  readonly #pending = new Map<number, (outcome: Outcome) => void>();
  readonly #onEnd: () => void;
  #nextTask = 0;
  #ended: Promise<void> | undefined;

  /** @param onEnd called once, when the thread has ended unexpectedly or is about to */
  constructor(WorkerClass: typeof Worker, onEnd: () => void) {
    this.#onEnd = onEnd;
    // The thread does not inherit the program's loaders and flags (--import, --input-type=module, NODE_OPTIONS).
    this.#worker = new WorkerClass(SOURCE, { eval: true, execArgv: [], env: {}, name: "secondpass-scan" });
    this.#worker.on("message", ({ task, problem }: { task: number; problem?: string }) =>
      this.#settle(task, { isDone: true, problem }),
    );
    this.#worker.on("error", () => void this.end());
    this.#worker.on("exit", () => void this.end());
    // Idle threads do not keep the program running.
    this.#worker.unref();
  }

  /**
   * Runs a task.
   * @param arena number of the task's memory
   * @returns false if the thread ended before the task was done; no thread uses its memory then
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
      // The program must not end while a task is pending.
      if (this.#pending.size === 0) this.#worker.ref();
      this.#pending.set(task, resolve);
    });
    if (outcome.problem !== undefined) throw new ScanWorkerError(outcome.problem);
    return outcome.isDone;
  }

  /** Releases a memory. */
  forget(arena: number): void {
    if (this.#shown.delete(arena) && this.#ended === undefined) this.#worker.postMessage({ forget: arena });
  }

  /** Ends the thread; pending tasks resolve as not done. Safe to call twice. */
  end(): Promise<void> {
    if (this.#ended === undefined) {
      this.#ended = this.#terminate();
      this.#onEnd();
    }
    return this.#ended;
  }

  async #terminate(): Promise<void> {
    // Wait: only then the thread no longer writes to the tasks' memory.
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
