/**
 * What a request that scores goes through: its body comes; it waits for the model; the model computes, from its first batch to its last;
 * the answer is written and sent.
 */
export type Stage = "receive" | "wait" | "compute" | "answer";

/** When a stage was, in ms of `performance.now()`. */
export interface StageTime {
  readonly stage: Stage;
  readonly startMs: number;
  readonly endMs: number;
}

/** Which stage a request is in, and how long the earlier ones took. */
export class RequestStages {
  readonly #past: StageTime[] = [];
  #stage: Stage = "receive";
  #startMs = performance.now();

  /** The next stage begins, and the one before ends. */
  begin(stage: Stage): void {
    const now = performance.now();
    this.#past.push({ stage: this.#stage, startMs: this.#startMs, endMs: now });
    this.#stage = stage;
    this.#startMs = now;
  }

  /** Every stage so far; the last one ends now. */
  times(): readonly StageTime[] {
    return [...this.#past, { stage: this.#stage, startMs: this.#startMs, endMs: performance.now() }];
  }
}
