import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestError } from "../errors/request-error.js";

/** A request and its answer, from the request's headers to the answer's last byte. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Fires when the answer is of no use any more, or is given up. Its reason is a {@link RequestError}. */
  readonly signal: AbortSignal;
  /** Gives the answer up: a client that still listens gets the reason. */
  giveUp(reason: RequestError): void;
}
