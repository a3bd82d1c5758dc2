import { onAbort, type TextPair } from "@secondpass/core";
import { LogitsCountError } from "../errors/logits-count-error.js";
import type { ServedModel } from "./served-model.js";

/** One request's pairs, waiting for their scores. */
interface Job {
  readonly pairs: readonly TextPair[];
  /** [pairs] about how many tokens each has. */
  readonly tokens: readonly number[];
  readonly signal: AbortSignal;
  readonly resolve: (logits: Float32Array[]) => void;
  readonly reject: (reason: unknown) => void;
  /** Called when the first batch takes some of its pairs. */
  readonly onStart: (() => void) | undefined;
  /** Place of the first pair that no batch has taken. */
  next: number;
  /** Logits of the pairs that are done. */
  readonly logits: Float32Array[];
}

/** Pairs of one job that are in a batch. */
interface Share {
  readonly job: Job;
  readonly pairs: readonly TextPair[];
  readonly tokens: number;
}

/** What a batch may have. */
export interface BatchLimits {
  /** Pairs of a batch of several requests. Minimum 1. */
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
export class BatchQueue {
  readonly #waiting: Job[] = [];
  #waitingTokens = 0;
  #busy = false;
  #computingTokens = 0;

  constructor(
    readonly model: Pick<ServedModel, "logits">,
    readonly limits: BatchLimits,
    readonly observer: BatchObserver = {},
  ) {}

  /** Requests of which no batch has taken the last pairs yet. */
  get waitingRequests(): number {
    return this.#waiting.length;
  }

  /** Pairs that no batch has taken yet. */
  get waitingPairs(): number {
    return this.#waiting.reduce((total, { pairs, next }) => total + pairs.length - next, 0);
  }

  /** Tokens that wait or are being computed, whoever still waits for them. */
  get outstandingTokens(): number {
    return this.#waitingTokens + this.#computingTokens;
  }

  /**
   * [pairs] → [pairs][labels] logits. A request that is aborted rejects immediately, and none of its pairs that wait are computed.
   *
   * @param tokens [pairs] about how many tokens each has
   * @param onStart called when its first batch begins
   */
  logits(
    pairs: readonly TextPair[],
    tokens: readonly number[],
    signal: AbortSignal,
    onStart?: () => void,
  ): Promise<Float32Array[]> {
    if (pairs.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          undo();
          settle(value);
        };
      const job: Job = {
        pairs,
        tokens,
        signal,
        onStart,
        resolve: settled(resolve),
        reject: settled(reject),
        next: 0,
        logits: [],
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

  #takeBatch(): Share[] {
    const first = this.#waiting.shift() as Job;
    const shares = [takeShare(first, this.limits.tokensPerBatch)];
    if (first.next < first.pairs.length) {
      this.#waiting.push(first);
      return shares;
    }
    let pairs = first.pairs.length;
    let { tokens } = shares[0] as Share;
    for (let job = this.#waiting[0]; job !== undefined; job = this.#waiting[0]) {
      pairs += job.pairs.length - job.next;
      tokens += tokensLeft(job);
      if (pairs > this.limits.pairsPerBatch || tokens > this.limits.tokensPerBatch) break;
      this.#waiting.shift();
      shares.push(takeShare(job, Number.POSITIVE_INFINITY));
    }
    return shares;
  }

  #remove(job: Job): void {
    const place = this.#waiting.indexOf(job);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    this.#waitingTokens -= tokensLeft(job);
  }

  /** Runs one batch and hands out its scores. A batch of one request that fails rejects it; a larger one reports false. */
  async #run(shares: readonly Share[]): Promise<boolean> {
    const wanted = shares.filter(({ job }) => !job.signal.aborted);
    if (wanted.length === 0) return true;
    const pairs = wanted.flatMap((share) => share.pairs);
    const tokens = wanted.reduce((total, share) => total + share.tokens, 0);
    const { signal, done } = whenAllAborted(wanted.map(({ job }) => job.signal));
    const started = performance.now();
    this.#computingTokens = tokens;
    let failed = false;
    try {
      const logits = await this.model.logits(pairs, { signal });
      if (logits.length !== pairs.length) throw new LogitsCountError(pairs.length, logits.length);
      let start = 0;
      for (const share of wanted) {
        deliver(share.job, logits.slice(start, start + share.pairs.length));
        start += share.pairs.length;
      }
    } catch (error) {
      failed = !wanted.every(({ job }) => job.signal.aborted);
      if (wanted.length === 1) this.#fail((wanted[0] as Share).job, error);
    } finally {
      done();
      this.#computingTokens = 0;
    }
    this.observer.onBatch?.({
      requests: wanted.length,
      pairs: pairs.length,
      tokens,
      seconds: (performance.now() - started) / 1000,
      failed,
    });
    return !failed;
  }

  #fail(job: Job, error: unknown): void {
    this.#remove(job);
    job.reject(error);
  }
}

function deliver(job: Job, logits: readonly Float32Array[]): void {
  job.logits.push(...logits);
  if (job.logits.length === job.pairs.length) job.resolve(job.logits);
}

function tokensLeft({ tokens, next }: Job): number {
  let left = 0;
  for (let place = next; place < tokens.length; place++) left += tokens[place] as number;
  return left;
}

/** Takes a job's next pairs, at least one, up to a number of tokens. */
function takeShare(job: Job, maxTokens: number): Share {
  const start = job.next;
  if (start === 0) job.onStart?.();
  let tokens = 0;
  do {
    tokens += job.tokens[job.next] as number;
    job.next += 1;
  } while (job.next < job.pairs.length && tokens + (job.tokens[job.next] as number) <= maxTokens);
  return { job, pairs: job.pairs.slice(start, job.next), tokens };
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
