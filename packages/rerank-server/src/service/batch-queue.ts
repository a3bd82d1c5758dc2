import { onAbort } from "@secondpass/core";
import { LogitsCountError } from "../errors/logits-count-error.js";

/** One request's inputs, waiting for their rows. */
interface Job<Input> {
  readonly inputs: readonly Input[];
  /** [inputs] about how many tokens each has. */
  readonly tokens: readonly number[];
  readonly signal: AbortSignal;
  /** How they are computed: only requests of the same way share a batch. */
  readonly way: string;
  readonly resolve: (done: Computed) => void;
  readonly reject: (reason: unknown) => void;
  /** Called when the first batch takes some of its inputs. */
  readonly onStart: (() => void) | undefined;
  /** Place of the first input that no batch has taken. */
  next: number;
  /** Inputs that are done. */
  done: number;
  /** [inputs] rows of the inputs that are done. */
  readonly rows: Float32Array[];
  /** [inputs] tokens that the model has read of each; undefined if it does not say. */
  readonly read: (number | undefined)[];
}

/** What came out of a request's inputs. */
export interface Computed {
  /** [inputs][width] */
  readonly rows: readonly Float32Array[];
  /** [inputs] tokens that the model has read of each; undefined if it does not say. */
  readonly read: readonly (number | undefined)[];
}

/** Inputs of one job that are in a batch. */
interface Share<Input> {
  readonly job: Job<Input>;
  /** Place of the first of them in the job. */
  readonly start: number;
  readonly inputs: readonly Input[];
  readonly tokens: number;
}

/** The requests that the next batch takes. */
interface NextBatch<Input> {
  readonly jobs: readonly Job<Input>[];
  /** Whether no other request could join them. */
  readonly isFull: boolean;
}

/** [inputs] → [inputs][width] rows, all in one way. */
export type Compute<Input> = (
  inputs: readonly Input[],
  way: string,
  options: {
    readonly signal: AbortSignal;
    readonly onTokens: (place: number, tokens: number) => void;
    /** Called with the number of inputs done so far. A model that calls it may get a second batch meanwhile. */
    readonly onProgress: (done: number) => void;
  },
) => Promise<Float32Array[]>;

/** What a batch may have. */
export interface BatchLimits {
  /** Inputs of a batch of several requests. Minimum 1. */
  readonly pairsPerBatch: number;
  /** Tokens of a batch. A request with more is computed in several batches, between which others have their turn. Minimum 1. */
  readonly tokensPerBatch: number;
}

/** Told about every batch that ends. */
export interface BatchObserver {
  onBatch?(batch: {
    readonly requests: number;
    readonly pairs: number;
    readonly tokens: number;
    /** From its begin to its end. */
    readonly seconds: number;
    /** As `seconds`, but without the time in which the batch before it was computed as well. */
    readonly ownSeconds: number;
    readonly failed: boolean;
  }): void;
}

/** Batches that are with the model at a time. */
const MAX_UNDER_WAY = 2;
/** Share of a batch's inputs that are done before the next batch may join it. */
const JOINED_AT = 0.5;

/**
 * Gathers the requests that arrive while the model is busy into its next batch. Nobody waits for company: an idle model
 * starts immediately, and the busier it is, the larger batches get. Requests take turns: one that is larger than a batch goes to the
 * end of the queue after each.
 *
 * A batch that nothing more fits into has nothing to wait for. It joins the one that is being computed once that is half done, so that the
 * model has work while the last passes of the one end and the first texts of the other are tokenized.
 *
 * How many may wait is the admission's matter.
 */
export class BatchQueue<Input> {
  readonly #waiting: Job<Input>[] = [];
  #waitingTokens = 0;
  #underWay = 0;
  /** Batches that have begun. */
  #begun = 0;
  /** Whether the batch that began last is so far that another may join it. */
  #mayJoin = false;
  #computingTokens = 0;
  /** When the batch that ended last ended, in ms. */
  #endedAt = 0;

  constructor(
    readonly compute: Compute<Input>,
    readonly limits: BatchLimits,
    readonly observer: BatchObserver = {},
  ) {}

  /** Requests of which no batch has taken the last inputs yet. */
  get waitingRequests(): number {
    return this.#waiting.length;
  }

  /** Inputs that no batch has taken yet. */
  get waitingInputs(): number {
    return this.#waiting.reduce((total, { inputs, next }) => total + inputs.length - next, 0);
  }

  /** Tokens that wait or are being computed, whoever still waits for them. */
  get outstandingTokens(): number {
    return this.#waitingTokens + this.#computingTokens;
  }

  /**
   * [inputs] → [inputs][width] rows. A request that is aborted rejects immediately, and none of its inputs that wait are computed.
   *
   * @param tokens [inputs] about how many tokens each has
   * @param options.way how they are computed: only requests of the same way share a batch. @default ""
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

  /** Begins the batches that may begin now. */
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
    // One bad request must not fail the others that happened to travel with it.
    if (!(await this.#run(shares, onHalfDone)) && shares.length > 1)
      for (const share of shares) await this.#run([share], onHalfDone);
    this.#underWay -= 1;
    // The one before it, if it is still computed, was half done long ago.
    if (number === this.#begun) this.#mayJoin = true;
    this.#work();
  }

  /** The requests of the next batch, and whether the one after them does not fit. The first may be larger than a batch. */
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
    const place = this.#waiting.indexOf(job);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    this.#waitingTokens -= tokensLeft(job);
  }

  /** Runs one batch and hands out its scores. A batch of one request that fails rejects it; a larger one reports false. */
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
      const onTokens = (place: number, count: number) => {
        if (place >= 0 && place < read.length) read[place] = count;
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

/** The parts of a job may end in another order than they began. */
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
  for (let place = next; place < tokens.length; place++) left += tokens[place] as number;
  return left;
}

/** Takes a job's next inputs, at least one, up to a number of tokens. */
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

/** A signal that fires once nobody waits for the batch any more; `done` when the batch has ended. */
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
