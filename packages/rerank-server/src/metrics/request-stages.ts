/**
 * Stage of a request that scores: its body is received; it waits for the model; the model computes, from its first batch to its last;
 * the answer is written and sent.
 */
export type Stage = "receive" | "wait" | "compute" | "answer";

/** Begin and end of a stage, in ms of `performance.now()`. */
export interface StageTime {
  readonly stage: Stage;
  readonly startMs: number;
  readonly endMs: number;
}

/** Tracks a request's current stage, and the times of the earlier ones. */
export class RequestStages {
  readonly #past: StageTime[] = [];
  #stage: Stage = "receive";
  #startMs = performance.now();

  /** Begins the next stage, and ends the one before. */
  begin(stage: Stage): void {
    const now = performance.now();
    this.#past.push({ stage: this.#stage, startMs: this.#startMs, endMs: now });
    this.#stage = stage;
    this.#startMs = now;
  }

  /** Ends the last stage, and returns all. */
  times(): readonly StageTime[] {
    return [...this.#past, { stage: this.#stage, startMs: this.#startMs, endMs: performance.now() }];
  }
}
