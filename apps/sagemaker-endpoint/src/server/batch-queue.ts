import { onAbort } from "@secondpass/core";
import type { CrossEncoder, TextPair } from "@secondpass/hf-runtime";

/** One request's pairs, waiting for their scores. */
interface Job {
  readonly pairs: readonly TextPair[];
  readonly signal: AbortSignal;
  readonly resolve: (logits: Float32Array[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** Told about every batch that ends. */
export interface BatchObserver {
  onBatch?(batch: {
    readonly requests: number;
    readonly pairs: number;
    readonly seconds: number;
    readonly failed: boolean;
  }): void;
}

/**
 * Gathers the requests that arrive while the model is busy into its next batch. Nobody waits for company: an idle model
 * starts at once, and the busier it is, the larger batches get. First come, first served.
 *
 * How many may wait is the admission's matter, before a body is even read.
 */
export class BatchQueue {
  readonly #waiting: Job[] = [];
  #busy = false;

  /** @param maxBatchPairs pairs of a batch of several requests; a larger request makes a batch alone. Minimum 1 */
  constructor(
    readonly model: Pick<CrossEncoder, "logits">,
    readonly maxBatchPairs: number,
    readonly observer: BatchObserver = {},
  ) {}

  /** Pairs that no batch has taken yet. */
  get waitingPairs(): number {
    return this.#waiting.reduce((total, { pairs }) => total + pairs.length, 0);
  }

  /** [pairs] → [pairs][labels] logits. A request that is aborted while it waits leaves the queue. */
  logits(pairs: readonly TextPair[], signal: AbortSignal): Promise<Float32Array[]> {
    if (pairs.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const undo = onAbort(signal, () => {
        const place = this.#waiting.indexOf(job);
        if (place >= 0) this.#waiting.splice(place, 1);
        reject(signal.reason);
      });
      const settled = (logits: Float32Array[]) => {
        undo();
        resolve(logits);
      };
      const failed = (reason: unknown) => {
        undo();
        reject(reason);
      };
      const job: Job = { pairs, signal, resolve: settled, reject: failed };
      this.#waiting.push(job);
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const jobs = this.#takeBatch();
      // One bad request must not fail the others that happened to travel with it.
      if (!(await this.#run(jobs)) && jobs.length > 1) for (const job of jobs) await this.#run([job]);
    }
    this.#busy = false;
  }

  #takeBatch(): Job[] {
    let pairs = 0;
    const end = this.#waiting.findIndex((job, place) => {
      pairs += job.pairs.length;
      return place > 0 && pairs > this.maxBatchPairs;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  /** Runs one batch and hands out its scores. A batch of one request that fails rejects it; a larger one reports false. */
  async #run(jobs: readonly Job[]): Promise<boolean> {
    const pairs = jobs.flatMap((job) => job.pairs);
    const started = performance.now();
    let failed = false;
    try {
      const logits = await this.model.logits(pairs, { signal: whenAllAborted(jobs) });
      let start = 0;
      for (const job of jobs) {
        job.resolve(logits.slice(start, start + job.pairs.length));
        start += job.pairs.length;
      }
    } catch (error) {
      failed = !jobs.every((job) => job.signal.aborted);
      if (jobs.length === 1) jobs[0]?.reject(error);
    }
    this.observer.onBatch?.({
      requests: jobs.length,
      pairs: pairs.length,
      seconds: (performance.now() - started) / 1000,
      failed,
    });
    return !failed;
  }
}

/** Fires once nobody waits for the batch any more. */
function whenAllAborted(jobs: readonly Job[]): AbortSignal {
  const controller = new AbortController();
  const check = () => {
    if (jobs.every((job) => job.signal.aborted)) controller.abort(jobs[0]?.signal.reason);
  };
  for (const { signal } of jobs) onAbort(signal, check);
  return controller.signal;
}
