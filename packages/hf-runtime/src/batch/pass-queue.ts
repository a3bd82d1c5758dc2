import { OverloadedError } from "@secondpass/core";

/** Default limit of waiting tokens. It is enough for 4,000 callers with any number of texts, or for 100,000 callers with one pair each. */
export const DEFAULT_MAX_QUEUED_TOKENS = 2 ** 24;

/** Options of a {@link PassQueue}. */
export interface PassQueueOptions {
  /** The user's name of the model, for messages. */
  readonly model: string;
  /** How many passes may be in the session at a time. Called for each pass. Minimum 1. */
  readonly slots: () => number;
  /** Tokens that may wait. Minimum 1. @default 16777216 */
  readonly maxQueuedTokens?: number;
}

/** A pass that waits. */
interface WaitingPass {
  readonly tokens: number;
  readonly begin: () => void;
  readonly reject: (reason: unknown) => void;
}

/** State of a call. The call that has used the fewest tokens may begin the next pass. */
interface CallState {
  readonly waiting: WaitingPass[];
  /** Aborted when the call leaves, so that the session skips its passes that have not begun. */
  readonly controller: AbortController;
  /** Tokens that this call has used, on the queue's clock. */
  had: number;
  /** Number of its passes in the session. */
  underWay: number;
  /** Tokens that count as waiting until the call's first pass arrives. */
  announced: number;
}

/** A call in the queue. */
export interface QueuedCall {
  /**
   * Runs a pass when it is its turn.
   * @param tokens number of its padded tokens
   * @param pass gets a signal that is aborted when the call leaves
   */
  run<T>(tokens: number, pass: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Ends the call. Its waiting passes reject with `reason`; those in the session are cancelled. */
  leave(reason?: unknown): void;
}

/**
 * The queue of the passes of all calls of one model. The next pass is always that of the call that has used the fewest tokens, so that
 * concurrent calls get equal shares and a short call next to long ones finishes soon. A new call begins with the same count as the others
 * (start-time fair queueing).
 *
 * Only a few passes are in the session at a time, and the others wait here, so that the work of a call that ends early is never begun.
 */
export class PassQueue {
  readonly #model: string;
  readonly #slots: () => number;
  readonly #maxQueuedTokens: number;
  /** Calls that have waiting passes. */
  readonly #waiting = new Set<CallState>();
  #queuedTokens = 0;
  #underWay = 0;
  /** Tokens that the latest call to begin a pass had used before it: the count with which a new call begins. */
  #clock = 0;
  #doneTokens = 0;
  #busyMs = 0;
  #busySince = 0;

  constructor({ model, slots, maxQueuedTokens = DEFAULT_MAX_QUEUED_TOKENS }: PassQueueOptions) {
    this.#model = model;
    this.#slots = slots;
    this.#maxQueuedTokens = maxQueuedTokens;
  }

  /** Tokens that wait, including those announced by calls that have no pass yet. */
  get queuedTokens(): number {
    return this.#queuedTokens;
  }

  /**
   * Adds a call to the queue.
   * @param tokens estimated tokens of its first passes; they count as waiting until the first pass arrives
   * @throws OverloadedError if other tokens wait and the limit would be exceeded
   */
  enter(tokens: number): QueuedCall {
    const outstanding = this.#queuedTokens + tokens;
    if (this.#queuedTokens > 0 && outstanding > this.#maxQueuedTokens) this.#throwOverloaded(outstanding);
    const call: CallState = {
      waiting: [],
      controller: new AbortController(),
      had: this.#clock,
      underWay: 0,
      announced: tokens,
    };
    this.#queuedTokens += tokens;
    return {
      run: (count, pass) => this.#add(call, count, pass),
      leave: (reason) => this.#leave(call, reason),
    };
  }

  #throwOverloaded(outstanding: number): never {
    const busyMs = this.#busyMs + (this.#underWay > 0 ? performance.now() - this.#busySince : 0);
    const excess = outstanding - this.#maxQueuedTokens;
    throw new OverloadedError(this.#model, {
      limit: this.#maxQueuedTokens,
      outstanding,
      unit: "tokens",
      option: "maxQueuedTokens",
      retryAfterMs: this.#doneTokens > 0 ? Math.ceil((excess * busyMs) / this.#doneTokens) : undefined,
    });
  }

  #add<T>(call: CallState, tokens: number, pass: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = call.controller;
    if (signal.aborted) return Promise.reject(signal.reason);
    this.#settleAnnounced(call);
    this.#queuedTokens += tokens;
    return new Promise<T>((resolve, reject) => {
      const begin = () => {
        call.underWay += 1;
        // Async, because the pass may also throw.
        const running = (async () => pass(signal))();
        running.finally(() => this.#done(call, tokens)).then(resolve, reject);
      };
      // A call gets no credit for the time in which it had no waiting pass.
      if (call.waiting.length === 0) call.had = Math.max(call.had, this.#clock);
      call.waiting.push({ tokens, begin, reject });
      this.#waiting.add(call);
      this.#beginSome();
    });
  }

  #beginSome(): void {
    while (this.#waiting.size > 0 && this.#underWay < this.#slots()) {
      const call = this.#next();
      const { tokens, begin } = call.waiting.shift()!;
      if (call.waiting.length === 0) this.#waiting.delete(call);
      this.#queuedTokens -= tokens;
      this.#clock = Math.max(this.#clock, call.had);
      call.had += tokens;
      if (this.#underWay++ === 0) this.#busySince = performance.now();
      begin();
    }
  }

  /** The call that has used the fewest tokens; if several have, the one that has waited longest. */
  #next(): CallState {
    let least: CallState | undefined;
    for (const call of this.#waiting) if (least === undefined || call.had < least.had) least = call;
    return least!;
  }

  #done(call: CallState, tokens: number): void {
    call.underWay -= 1;
    this.#doneTokens += tokens;
    if (--this.#underWay === 0) this.#busyMs += performance.now() - this.#busySince;
    this.#beginSome();
  }

  #leave(call: CallState, reason: unknown): void {
    this.#settleAnnounced(call);
    this.#waiting.delete(call);
    for (const { tokens, reject } of call.waiting.splice(0)) {
      this.#queuedTokens -= tokens;
      reject(reason);
    }
    // Skipped for a call without passes in the session, because nothing listens to the signal then.
    if (call.underWay > 0) call.controller.abort(reason);
  }

  #settleAnnounced(call: CallState): void {
    this.#queuedTokens -= call.announced;
    call.announced = 0;
  }
}
