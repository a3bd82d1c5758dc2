import type { Worker } from "node:worker_threads";
import { onAbort } from "@secondpass/core";
import { ScanWorkerError } from "../errors/scan-worker-error.js";
import { kernelModule } from "./kernels.js";
import type { ScanJob } from "./scan-job.js";
import type { WasmArena } from "./wasm-arena.js";

/**
 * What a worker runs: the kernels over memories it is shown once. A string, so that it needs no file of its own in
 * whatever a bundler makes of this package.
 */
const WORKER_SOURCE = `
const { parentPort } = require("node:worker_threads");
const arenas = new Map();
parentPort.on("message", ({ task, arena, module, memory, job, segments, forget }) => {
  if (forget !== undefined) return void arenas.delete(forget);
  if (module !== undefined) arenas.set(arena, new WebAssembly.Instance(module, { env: { memory } }).exports);
  let problem;
  try {
    arenas.get(arena).scan(job, 0, segments);
  } catch (error) {
    problem = String(error);
  }
  parentPort.postMessage({ task, problem });
});
`;

/** What is waited for of a worker. */
interface Pending {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Threads that scan shared memory, so that several cores help and the event loop stays free. */
export class ScanWorkers {
  private readonly workers: Worker[];
  private readonly pending = new Map<number, Pending>();
  /** Numbers by which workers know arenas, and which of them each worker has been shown. */
  private readonly numbers = new WeakMap<WasmArena, number>();
  private readonly shown: ReadonlyArray<Set<number>>;
  /** Tells the workers to let a memory go once nobody here has it. */
  private readonly forgotten = new FinalizationRegistry<number>((number) => {
    this.workers.forEach((worker, i) => {
      if (this.shown[i]!.delete(number)) worker.postMessage({ forget: number });
    });
  });
  private nextArena = 0;
  private nextTask = 0;

  constructor(WorkerClass: typeof Worker, threads: number) {
    this.workers = Array.from({ length: threads }, () => {
      const worker = new WorkerClass(WORKER_SOURCE, { eval: true });
      // A program that has nothing else to do ends, whatever idle workers there are.
      worker.unref();
      worker.on("message", ({ task, problem }: { task: number; problem?: string }) =>
        this.settle(task, problem),
      );
      worker.on("error", (error) => this.fail(error));
      return worker;
    });
    this.shown = this.workers.map(() => new Set());
  }

  /** How many there are. */
  get threads(): number {
    return this.workers.length;
  }

  /** Runs one job on each worker, at most as many as there are threads. */
  async run(arena: WasmArena, jobs: readonly ScanJob[], signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const undo = onAbort(signal, () => {
      for (const job of jobs) job.cancel();
    });
    const tasks = jobs.map((job, i) => this.post(i, job, arena));
    // All must be done before the jobs' memory is used again, also when one fails or the signal fires.
    const outcomes = await Promise.allSettled(tasks);
    undo();
    signal?.throwIfAborted();
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  }

  /** Ends the threads. */
  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  private post(index: number, job: ScanJob, arena: WasmArena): Promise<void> {
    const worker = this.workers[index]!;
    const task = this.nextTask++;
    const number = this.numberOf(arena);
    const isNew = !this.shown[index]!.has(number);
    this.shown[index]!.add(number);
    const introduction = isNew ? { module: kernelModule(true), memory: arena.memory } : {};
    return new Promise((resolve, reject) => {
      this.pending.set(task, { resolve, reject });
      // While a search is waited for, the program must not end.
      if (this.pending.size === 1) for (const each of this.workers) each.ref();
      worker.postMessage({
        ...introduction,
        task,
        arena: number,
        job: job.address,
        segments: job.segmentCount,
      });
    });
  }

  private numberOf(arena: WasmArena): number {
    let number = this.numbers.get(arena);
    if (number === undefined) {
      number = this.nextArena++;
      this.numbers.set(arena, number);
      this.forgotten.register(arena, number);
    }
    return number;
  }

  private settle(task: number, problem?: string): void {
    const pending = this.pending.get(task);
    this.pending.delete(task);
    if (this.pending.size === 0) for (const worker of this.workers) worker.unref();
    if (problem === undefined) pending?.resolve();
    else pending?.reject(new ScanWorkerError(problem));
  }

  private fail(error: unknown): void {
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
    if (current === this) current = undefined;
  }
}

let current: ScanWorkers | undefined;
let starting: Promise<ScanWorkers | undefined> | undefined;

/**
 * The process's workers if they have started; otherwise starts them (about 90 ms) and returns undefined, so that the
 * search at hand need not wait. The first caller's number of threads counts.
 */
export function scanWorkers(threads: number): ScanWorkers | undefined {
  if (current === undefined) void startScanWorkers(threads);
  return current;
}

/** Starts workers, at most one a core; undefined where that is fewer than two or there are no worker threads. */
export function startScanWorkers(threads: number): Promise<ScanWorkers | undefined> {
  starting ??= createWorkers(threads).catch(() => undefined);
  return starting;
}

async function createWorkers(wanted: number): Promise<ScanWorkers | undefined> {
  const [{ Worker }, { availableParallelism }] = await Promise.all([
    import("node:worker_threads"),
    import("node:os"),
  ]);
  const threads = Math.min(wanted, availableParallelism());
  current = threads < 2 ? undefined : new ScanWorkers(Worker, threads);
  return current;
}

/** Ends the process's workers; a later large search starts new ones. */
export async function stopScanWorkers(): Promise<void> {
  const workers = current;
  current = undefined;
  starting = undefined;
  await workers?.stop();
}
