import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestError } from "../errors/request-error.js";

/** A request and its answer, from the request's headers to the answer's last byte. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Aborts when the answer is no longer needed, or is abandoned. Its reason is a {@link RequestError}. */
  readonly signal: AbortSignal;
  /** Abandons the answer: a client that still listens gets the reason. */
  giveUp(reason: RequestError): void;
}
