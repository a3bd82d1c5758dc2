import { OverloadedError } from "@secondpass/core";

/** Tokens that may wait by default: of 4,000 callers with as many texts as they like, or of 100,000 with one pair each. */
export const DEFAULT_MAX_QUEUED_TOKENS = 2 ** 24;

/** Options of a {@link PassQueue}. */
export interface PassQueueOptions {
  /** What users call the model, for messages. */
  readonly model: string;
  /** Passes that may be with the session at a time. Called for each pass. Minimum 1. */
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

/** Who may begin the next pass: the call that has had least, in tokens. */
interface CallState {
  readonly waiting: WaitingPass[];
  /** Aborted when the call leaves: what the session has not begun, it leaves. */
  readonly controller: AbortController;
  /** Tokens that this call has had, on the queue's clock. */
  had: number;
  /** Passes with the session. */
  underWay: number;
  /** Tokens that count as waiting until the first pass is there. */
  announced: number;
}

/** One call's place in the queue. */
export interface QueuedCall {
  /**
   * Runs a pass when it is its turn.
   * @param tokens its padded tokens
   * @param pass gets a signal that is aborted when the call leaves
   */
  run<T>(tokens: number, pass: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Ends the call: its waiting passes are dropped and reject with `reason`; those with the session are taken back. */
  leave(reason?: unknown): void;
}

/**
 * The passes of all calls of one model. Calls take turns by the tokens that they have had: the next pass is that of the call that had
 * least, so that calls side by side get equal shares, and a short call beside long ones is through soon. A call that comes later begins
 * where the others are, and owes or is owed nothing (start-time fair queueing).
 *
 * Few passes are with the session at a time, and the others here, so that the work of a call that ends early is never begun.
 */
export class PassQueue {
  readonly #model: string;
  readonly #slots: () => number;
  readonly #maxQueuedTokens: number;
  /** Calls that have waiting passes. */
  readonly #waiting = new Set<CallState>();
  #queuedTokens = 0;
  #underWay = 0;
  /** What the call that began last had had by then: where a new call begins. */
  #clock = 0;
  #doneTokens = 0;
  #busyMs = 0;
  #busySince = 0;

  constructor({ model, slots, maxQueuedTokens = DEFAULT_MAX_QUEUED_TOKENS }: PassQueueOptions) {
    this.#model = model;
    this.#slots = slots;
    this.#maxQueuedTokens = maxQueuedTokens;
  }

  /** Tokens that wait, or are announced by calls that have no pass yet. */
  get queuedTokens(): number {
    return this.#queuedTokens;
  }

  /**
   * Lets a call in.
   * @param tokens those of its first passes, as far as known; counted until the first pass is there
   * @throws OverloadedError if others wait and it would be too many
   */
  enter(tokens: number): QueuedCall {
    const outstanding = this.#queuedTokens + tokens;
    if (this.#queuedTokens > 0 && outstanding > this.#maxQueuedTokens) this.#refuse(outstanding);
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

  #refuse(outstanding: number): never {
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
      // Time that a call let pass without waiting is not made up for.
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

  /** Of calls that have had equally much, the one that waits longest. */
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
    // Not for each call that is through: nobody listens then.
    if (call.underWay > 0) call.controller.abort(reason);
  }

  #settleAnnounced(call: CallState): void {
    this.#queuedTokens -= call.announced;
    call.announced = 0;
  }
}
