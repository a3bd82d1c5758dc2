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
  /** Rows of the inputs that are done. */
  readonly rows: Float32Array[];
  /** [inputs done] tokens that the model has read of each; undefined if it does not say. */
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
  readonly inputs: readonly Input[];
  readonly tokens: number;
}

/** [inputs] → [inputs][width] rows, all in one way. */
export type Compute<Input> = (
  inputs: readonly Input[],
  way: string,
  options: { readonly signal: AbortSignal; readonly onTokens: (place: number, tokens: number) => void },
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
    readonly seconds: number;
    readonly failed: boolean;
  }): void;
}

/**
 * Gathers the requests that arrive while the model is busy into its next batch. Nobody waits for company: an idle model
 * starts immediately, and the busier it is, the larger batches get. Requests take turns: one that is larger than a batch goes to the
 * end of the queue after each.
 *
 * How many may wait is the admission's matter.
 */
export class BatchQueue<Input> {
  readonly #waiting: Job<Input>[] = [];
  #waitingTokens = 0;
  #busy = false;
  #computingTokens = 0;

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
        rows: [],
        read: [],
      };
      const undo = onAbort(signal, () => {
        this.#remove(job);
        reject(signal.reason);
      });
      this.#waiting.push(job);
      this.#waitingTokens += tokensLeft(job);
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const shares = this.#takeBatch();
      for (const { tokens } of shares) this.#waitingTokens -= tokens;
      // One bad request must not fail the others that happened to travel with it.
      if (!(await this.#run(shares)) && shares.length > 1)
        for (const share of shares) await this.#run([share]);
    }
    this.#busy = false;
  }

  #takeBatch(): Share<Input>[] {
    const first = this.#waiting.shift() as Job<Input>;
    const shares = [takeShare(first, this.limits.tokensPerBatch)];
    if (first.next < first.inputs.length) {
      this.#waiting.push(first);
      return shares;
    }
    let count = first.inputs.length;
    let { tokens } = shares[0] as Share<Input>;
    for (let place = 0; place < this.#waiting.length; ) {
      const job = this.#waiting[place] as Job<Input>;
      if (job.way !== first.way) {
        place += 1;
        continue;
      }
      count += job.inputs.length - job.next;
      tokens += tokensLeft(job);
      if (count > this.limits.pairsPerBatch || tokens > this.limits.tokensPerBatch) break;
      this.#waiting.splice(place, 1);
      shares.push(takeShare(job, Number.POSITIVE_INFINITY));
    }
    return shares;
  }

  #remove(job: Job<Input>): void {
    const place = this.#waiting.indexOf(job);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    this.#waitingTokens -= tokensLeft(job);
  }

  /** Runs one batch and hands out its scores. A batch of one request that fails rejects it; a larger one reports false. */
  async #run(shares: readonly Share<Input>[]): Promise<boolean> {
    const wanted = shares.filter(({ job }) => !job.signal.aborted);
    if (wanted.length === 0) return true;
    const inputs = wanted.flatMap((share) => share.inputs);
    const read = new Array<number | undefined>(inputs.length).fill(undefined);
    const { way } = (wanted[0] as Share<Input>).job;
    const tokens = wanted.reduce((total, share) => total + share.tokens, 0);
    const { signal, done } = whenAllAborted(wanted.map(({ job }) => job.signal));
    const started = performance.now();
    this.#computingTokens = tokens;
    let failed = false;
    try {
      const onTokens = (place: number, count: number) => {
        if (place >= 0 && place < read.length) read[place] = count;
      };
      const rows = await this.compute(inputs, way, { signal, onTokens });
      if (rows.length !== inputs.length) throw new LogitsCountError(inputs.length, rows.length);
      let start = 0;
      for (const share of wanted) {
        const end = start + share.inputs.length;
        deliver(share.job, rows.slice(start, end), read.slice(start, end));
        start = end;
      }
    } catch (error) {
      failed = !wanted.every(({ job }) => job.signal.aborted);
      if (wanted.length === 1) this.#fail((wanted[0] as Share<Input>).job, error);
    } finally {
      done();
      this.#computingTokens = 0;
    }
    this.observer.onBatch?.({
      requests: wanted.length,
      pairs: inputs.length,
      tokens,
      seconds: (performance.now() - started) / 1000,
      failed,
    });
    return !failed;
  }

  #fail(job: Job<Input>, error: unknown): void {
    this.#remove(job);
    job.reject(error);
  }
}

function deliver<Input>(
  job: Job<Input>,
  rows: readonly Float32Array[],
  read: readonly (number | undefined)[],
): void {
  job.rows.push(...rows);
  job.read.push(...read);
  if (job.rows.length === job.inputs.length) job.resolve({ rows: job.rows, read: job.read });
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
  return { job, inputs: job.inputs.slice(start, job.next), tokens };
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
