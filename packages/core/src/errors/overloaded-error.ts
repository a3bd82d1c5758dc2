import { SecondpassError } from "./secondpass-error.js";

/** How much work is waiting, and how much may. */
export interface Overload {
  /** What may be outstanding, in `unit`. */
  readonly limit: number;
  /** What is outstanding with the refused work, in `unit`. */
  readonly outstanding: number;
  /** What the two count, in the plural: "tokens", "pairs", "requests"… */
  readonly unit: string;
  /** Name of the option that sets the limit. */
  readonly option?: string;
  /** When there is likely to be room again, in milliseconds, if that can be estimated. */
  readonly retryAfterMs?: number;
}

/**
 * Thrown if a queue is full: nothing of the refused work was begun. Call again later.
 *
 * @example
 * throw new OverloadedError("BAAI/bge-reranker-base", { limit: 1_000, outstanding: 1_200, unit: "tokens", option: "maxQueuedTokens" });
 * // BAAI/bge-reranker-base has too much to do: expected at most 1000 tokens outstanding, got 1200. Try again later, or raise `maxQueuedTokens`.
 */
export class OverloadedError extends SecondpassError {
  override readonly name = "OverloadedError";
  readonly limit: number;
  readonly outstanding: number;
  readonly unit: string;
  readonly retryAfterMs: number | undefined;

  /** @param owner whose queue is full: a model, an endpoint */
  constructor(
    readonly owner: string,
    { limit, outstanding, unit, option, retryAfterMs }: Overload,
  ) {
    const when = retryAfterMs === undefined ? "later" : `in ${Math.ceil(retryAfterMs / 1000)} s`;
    super(
      `${owner} has too much to do: expected at most ${limit} ${unit} outstanding, got ${outstanding}. ` +
        `Try again ${when}${option === undefined ? "" : `, or raise \`${option}\``}.`,
    );
    this.limit = limit;
    this.outstanding = outstanding;
    this.unit = unit;
    this.retryAfterMs = retryAfterMs;
  }
}
