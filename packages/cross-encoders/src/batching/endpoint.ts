import type {
  CrossEncoderContentHandler,
  ModelKwargs,
} from "../content-handlers/cross-encoder-content-handler.js";
import type { BatchLimits } from "./plan-batches.js";

/** Whether a failed request is split and sent as two halves: once, again for the halves that fail, or never. */
export type Halving = "once" | "again" | "never";

/** A service that scores batches of pairs, with its limits and its errors. */
export interface Endpoint {
  readonly handler: CrossEncoderContentHandler;
  readonly modelKwargs: ModelKwargs;
  readonly limits: Omit<BatchLimits, "oneQuery">;
  /** Maximum number of parallel requests. Minimum 1. */
  readonly maxConcurrency: number;
  /** Longest time for one batch, including retries, waits and halves, in ms. Minimum 1. */
  readonly timeoutMs: number;
  /**
   * Sends a body, with retries, and returns the body of the response.
   * @throws the signal's reason if it is aborted, else an error for {@link halving}
   */
  send(body: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
  /** Whether a request is sent once more if its response cannot be parsed, because a body can be cut off in transit. */
  readonly resendsUnparsable: boolean;
  /** Decides by an error of {@link send} whether the request was too large and is split. */
  halving(error: unknown): Halving;
  /** Makes the error for a successful response without valid scores. */
  responseError(pairs: number, cause: unknown): Error;
  /** Makes the error for a batch that takes longer than `timeoutMs`. */
  timeoutError(pairs: number): Error;
}
