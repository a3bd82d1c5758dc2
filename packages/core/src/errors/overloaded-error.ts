import { SecondpassError } from "./secondpass-error.js";

/** The outstanding work and its limit. */
export interface Overload {
  /** Maximum of the outstanding work, in `unit`. */
  readonly limit: number;
  /** The outstanding work including the rejected work, in `unit`. */
  readonly outstanding: number;
  /** Unit of both counts, in the plural: "tokens", "pairs", "requests"… */
  readonly unit: string;
  /** Name of the option that sets the limit. */
  readonly option?: string;
  /** Estimated time until there is room again, in milliseconds, if it can be estimated. */
  readonly retryAfterMs?: number;
}

/**
 * Thrown if a queue is full. None of the rejected work was started; call again later.
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

  /** @param owner the model or endpoint whose queue is full */
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
