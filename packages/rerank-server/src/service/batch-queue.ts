import { onAbort } from "@secondpass/core";
import { LogitsCountError } from "../errors/logits-count-error.js";

/** A request's inputs, and the rows computed so far. */
interface Job<Input> {
  readonly inputs: readonly Input[];
  /** [inputs] estimated tokens of each. */
  readonly tokens: readonly number[];
  readonly signal: AbortSignal;
  /** How they are computed: only requests that are computed in the same way share a batch. */
  readonly way: string;
  readonly resolve: (done: Computed) => void;
  readonly reject: (reason: unknown) => void;
  /** Called when the first batch takes some of its inputs. */
  readonly onStart: (() => void) | undefined;
  /** Index of the first input that no batch has taken. */
  next: number;
  /** Number of inputs that are done. */
  done: number;
  /** [inputs] rows of the inputs that are done. */
  readonly rows: Float32Array[];
  /** [inputs] tokens that the model has read of each; undefined if it does not report them. */
  readonly read: (number | undefined)[];
}

/** Result of a request's inputs. */
export interface Computed {
  /** [inputs][width] */
  readonly rows: readonly Float32Array[];
  /** [inputs] tokens that the model has read of each; undefined if it does not report them. */
  readonly read: readonly (number | undefined)[];
}

/** The inputs of one job in a batch. */
interface Share<Input> {
  readonly job: Job<Input>;
  /** Index of the first of them in the job. */
  readonly start: number;
  readonly inputs: readonly Input[];
  readonly tokens: number;
}

/** The shares of the next batch. */
interface NextBatch<Input> {
  readonly jobs: readonly Job<Input>[];
  /** Whether no other request fits. */
  readonly isFull: boolean;
}

/** [inputs] → [inputs][width] rows, all computed in one way. */
export type Compute<Input> = (
  inputs: readonly Input[],
  way: string,
  options: {
    readonly signal: AbortSignal;
    readonly onTokens: (position: number, tokens: number) => void;
    /** Called with the number of inputs done so far. A model that calls it may get a second batch meanwhile. */
    readonly onProgress: (done: number) => void;
  },
) => Promise<Float32Array[]>;

/** Limits of a batch. */
export interface BatchLimits {
  /** Inputs in a batch that combines several requests. Minimum 1. */
  readonly pairsPerBatch: number;
  /** Tokens of a batch. A request with more is computed in several batches, between which others get their turn. Minimum 1. */
  readonly tokensPerBatch: number;
}

/** Called at the end of every batch. */
export interface BatchObserver {
  onBatch?(batch: {
    readonly requests: number;
    readonly pairs: number;
    readonly tokens: number;
    /** Duration of the batch. */
    readonly seconds: number;
    /** Like `seconds`, but without the time in which the batch before it was also being computed. */
    readonly ownSeconds: number;
    readonly failed: boolean;
  }): void;
}

/** Batches that the model computes at a time. */
const MAX_UNDER_WAY = 2;
/** Share of a batch's inputs that must be done before the next batch may begin. */
const JOINED_AT = 0.5;

/**
 * Combines the requests that arrive while the model is busy into its next batch. An idle model starts immediately, without waiting for more
 * requests, and the busier it is, the larger the batches get. Requests take turns: one that is larger than a batch goes to the end of the
 * queue after each of its batches.
 *
 * A full batch begins when the running one is half done, so that the model has work while the last passes of the one end and the first texts
 * of the other are tokenized.
 *
 * The number of waiting requests is limited by {@link Admission}.
 */
export class BatchQueue<Input> {
  readonly #waiting: Job<Input>[] = [];
  #waitingTokens = 0;
  #underWay = 0;
  /** Number of batches that have begun. */
  #begun = 0;
  /** Whether the newest batch is half done, so that another may begin. */
  #mayJoin = false;
  #computingTokens = 0;
  /** Time at which the last batch ended, in ms. */
  #endedAt = 0;

  constructor(
    readonly compute: Compute<Input>,
    readonly limits: BatchLimits,
    readonly observer: BatchObserver = {},
  ) {}

  /** Number of requests with inputs that no batch has taken yet. */
  get waitingRequests(): number {
    return this.#waiting.length;
  }

  /** Number of inputs that no batch has taken yet. */
  get waitingInputs(): number {
    return this.#waiting.reduce((total, { inputs, next }) => total + inputs.length - next, 0);
  }

  /** Tokens waiting or being computed, even if their client has left. */
  get outstandingTokens(): number {
    return this.#waitingTokens + this.#computingTokens;
  }

  /**
   * [inputs] → [inputs][width] rows. An aborted request rejects immediately, and its waiting inputs are not computed.
   *
   * @param tokens [inputs] estimated tokens of each
   * @param options.way how they are computed: only requests that are computed in the same way share a batch. @default ""
   * @param options.onStart called when its first batch begins
   */
  run(
    inputs: readonly Input[],
    tokens: readonly number[],
    signal: AbortSignal,
    { way = "", onStart }: { readonly way?: string; readonly onStart?: () => void } = {},
  ): Promise<Computed> {
    if (inputs.length === 0) return Promise.resolve({ rows: [], read: [] });
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          undo();
          settle(value);
        };
      const job: Job<Input> = {
        inputs,
        tokens,
        signal,
        way,
        resolve: settled(resolve),
        reject: settled(reject),
        onStart,
        next: 0,
        done: 0,
        rows: new Array<Float32Array>(inputs.length),
        read: new Array<number | undefined>(inputs.length).fill(undefined),
      };
      const undo = onAbort(signal, () => {
        this.#remove(job);
        reject(signal.reason);
      });
      this.#waiting.push(job);
      this.#waitingTokens += tokensLeft(job);
      this.#work();
    });
  }

  /** Begins all batches that may begin now. */
  #work(): void {
    while (this.#waiting.length > 0) {
      if (this.#underWay >= MAX_UNDER_WAY) return;
      const batch = this.#nextBatch();
      if (this.#underWay > 0 && !(this.#mayJoin && batch.isFull)) return;
      void this.#begin(this.#take(batch));
    }
  }

  async #begin(shares: readonly Share<Input>[]): Promise<void> {
    this.#begun += 1;
    const number = this.#begun;
    this.#underWay += 1;
    this.#mayJoin = false;
    const onHalfDone = () => {
      if (number !== this.#begun || this.#mayJoin) return;
      this.#mayJoin = true;
      this.#work();
    };
    // One bad request must not fail the others in its batch.
    if (!(await this.#run(shares, onHalfDone)) && shares.length > 1)
      for (const share of shares) await this.#run([share], onHalfDone);
    this.#underWay -= 1;
    // If the batch before it is still running, it is more than half done.
    if (number === this.#begun) this.#mayJoin = true;
    this.#work();
  }

  /** Takes the inputs of the next batch, and says whether it is full. The first input may be larger than a batch. */
  #nextBatch(): NextBatch<Input> {
    const [first] = this.#waiting as [Job<Input>];
    const { pairsPerBatch, tokensPerBatch } = this.limits;
    const jobs: Job<Input>[] = [];
    let count = 0;
    let tokens = 0;
    for (const job of this.#waiting) {
      if (job.way !== first.way) continue;
      count += job.inputs.length - job.next;
      tokens += tokensLeft(job);
      const fits = count <= pairsPerBatch && tokens <= tokensPerBatch;
      if (fits || jobs.length === 0) jobs.push(job);
      if (!fits) return { jobs, isFull: true };
    }
    return { jobs, isFull: count === pairsPerBatch || tokens === tokensPerBatch };
  }

  #take({ jobs }: NextBatch<Input>): Share<Input>[] {
    return jobs.map((job) => {
      this.#waiting.splice(this.#waiting.indexOf(job), 1);
      const share = takeShare(job, this.limits.tokensPerBatch);
      this.#waitingTokens -= share.tokens;
      if (job.next < job.inputs.length) this.#waiting.push(job);
      return share;
    });
  }

  #remove(job: Job<Input>): void {
    const position = this.#waiting.indexOf(job);
    if (position < 0) return;
    this.#waiting.splice(position, 1);
    this.#waitingTokens -= tokensLeft(job);
  }

  /** Runs one batch and delivers its rows. If a batch of one request fails, the request rejects; if a larger one fails, it returns false. */
  async #run(shares: readonly Share<Input>[], onHalfDone: () => void): Promise<boolean> {
    const wanted = shares.filter(({ job }) => !job.signal.aborted);
    if (wanted.length === 0) return true;
    const inputs = wanted.flatMap((share) => share.inputs);
    const read = new Array<number | undefined>(inputs.length).fill(undefined);
    const { way } = (wanted[0] as Share<Input>).job;
    const tokens = wanted.reduce((total, share) => total + share.tokens, 0);
    const { signal, done } = whenAllAborted(wanted.map(({ job }) => job.signal));
    const started = performance.now();
    this.#computingTokens += tokens;
    let failed = false;
    try {
      const onTokens = (position: number, count: number) => {
        if (position >= 0 && position < read.length) read[position] = count;
      };
      const onProgress = (done: number) => {
        if (done < inputs.length && done >= JOINED_AT * inputs.length) onHalfDone();
      };
      const rows = await this.compute(inputs, way, { signal, onTokens, onProgress });
      if (rows.length !== inputs.length) throw new LogitsCountError(inputs.length, rows.length);
      let start = 0;
      for (const share of wanted) {
        const end = start + share.inputs.length;
        deliver(share, rows.slice(start, end), read.slice(start, end));
        start = end;
      }
    } catch (error) {
      failed = !wanted.every(({ job }) => job.signal.aborted);
      if (wanted.length === 1) this.#fail((wanted[0] as Share<Input>).job, error);
    } finally {
      done();
      this.#computingTokens -= tokens;
    }
    const ended = performance.now();
    const begun = Math.max(started, this.#endedAt);
    this.#endedAt = ended;
    this.observer.onBatch?.({
      requests: wanted.length,
      pairs: inputs.length,
      tokens,
      seconds: (ended - started) / 1000,
      ownSeconds: (ended - begun) / 1000,
      failed,
    });
    return !failed;
  }

  #fail(job: Job<Input>, error: unknown): void {
    this.#remove(job);
    job.reject(error);
  }
}

/** Stores rows in their job. The shares of a job may end in another order than they began. */
function deliver<Input>(
  { job, start }: Share<Input>,
  rows: readonly Float32Array[],
  read: readonly (number | undefined)[],
): void {
  for (const [index, row] of rows.entries()) {
    job.rows[start + index] = row;
    job.read[start + index] = read[index];
  }
  job.done += rows.length;
  if (job.done === job.inputs.length) job.resolve({ rows: job.rows, read: job.read });
}

function tokensLeft<Input>({ tokens, next }: Job<Input>): number {
  let left = 0;
  for (let position = next; position < tokens.length; position++) left += tokens[position] as number;
  return left;
}

/** Takes a job's next inputs: at least one, and at most `maxTokens` tokens. */
function takeShare<Input>(job: Job<Input>, maxTokens: number): Share<Input> {
  const start = job.next;
  if (start === 0) job.onStart?.();
  let tokens = 0;
  do {
    tokens += job.tokens[job.next] as number;
    job.next += 1;
  } while (job.next < job.inputs.length && tokens + (job.tokens[job.next] as number) <= maxTokens);
  return { job, start, inputs: job.inputs.slice(start, job.next), tokens };
}

/** Makes a signal that aborts once all signals have aborted. Call `done` when the batch has ended. */
function whenAllAborted(signals: readonly AbortSignal[]): { signal: AbortSignal; done: () => void } {
  const controller = new AbortController();
  const check = () => {
    const [first] = signals;
    if (signals.every(({ aborted }) => aborted)) controller.abort(first?.reason);
  };
  const undos = signals.map((signal) => onAbort(signal, check));
  const done = () => {
    for (const undo of undos) undo();
  };
  return { signal: controller.signal, done };
}
