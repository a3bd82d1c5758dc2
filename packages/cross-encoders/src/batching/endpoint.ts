import type {
  CrossEncoderContentHandler,
  ModelKwargs,
} from "../content-handlers/cross-encoder-content-handler.js";
import type { BatchLimits } from "./plan-batches.js";

/** Which halves of a failed request are worth a try: those of this batch alone, the halves of these as well, or none. */
export type Halving = "once" | "again" | "never";

/** A service that scores batches of pairs, and how to deal with it. */
export interface Endpoint {
  readonly handler: CrossEncoderContentHandler;
  readonly modelKwargs: ModelKwargs;
  readonly limits: Omit<BatchLimits, "oneQuery">;
  /** Requests at a time. Minimum 1. */
  readonly maxConcurrency: number;
  /** For one batch: retries, waits and halves included, in ms. Minimum 1. */
  readonly timeoutMs: number;
  /**
   * Sends a body, as often as retries allow, and gives back the body of the answer.
   * @throws the signal's reason if it is aborted, else what {@link halving} judges
   */
  send(body: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
  /** Whether a request whose answer cannot be parsed is sent once more: a body can be cut on its way. */
  readonly asksAgain: boolean;
  /** Whether a failure of {@link send} says that the request was too much. */
  halving(error: unknown): Halving;
  /** Error for an answer of success that has no scores which fit the pairs. */
  responseError(pairs: number, cause: unknown): Error;
  /** Error for a batch that takes longer than `timeoutMs`. */
  timeoutError(pairs: number): Error;
}
