import type {
  CrossEncoderContentHandler,
  ModelKwargs,
} from "../content-handlers/cross-encoder-content-handler.js";
import type { BatchLimits } from "./plan-batches.js";

/**
 * Whether a failed request is split into two halves, which are sent instead: "never"; "once", so that a half that fails is not split; or
 * "repeatedly".
 */
export type Halving = "never" | "once" | "repeatedly";

/** A service that scores batches of pairs, with its limits and its errors. */
export interface Endpoint {
  readonly handler: CrossEncoderContentHandler;
  readonly modelKwargs: ModelKwargs;
  readonly limits: Omit<BatchLimits, "oneQuery">;
  /** Maximum number of parallel requests. Minimum 1. */
  readonly maxConcurrency: number;
  /** Longest time for one batch, including retries, waits and its halves, in ms. Minimum 1. */
  readonly timeoutMs: number;
  /**
   * Sends a body, with retries, and returns the body of the response.
   * @throws the signal's reason if it is aborted, else an error, by which {@link halving} decides
   */
  send(body: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
  /** Whether a request is sent once more if its response cannot be parsed, because a body can be cut off in transit. */
  readonly resendsUnparsable: boolean;
  /** Decides by an error of {@link send} whether to split the request. */
  halving(error: unknown): Halving;
  /** Makes the error for a successful response without valid scores. */
  responseError(pairs: number, cause: unknown): Error;
  /** Makes the error for a batch that takes longer than `timeoutMs`. */
  timeoutError(pairs: number): Error;
}
