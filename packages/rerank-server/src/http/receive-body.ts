import type { IncomingMessage } from "node:http";
import { onAbort } from "@secondpass/core";
import { RequestError } from "../errors/request-error.js";
import type { Exchange } from "./exchange.js";
import type { Transfer, Transfers } from "./transfers.js";

/** A body that was received completely. */
export interface ReceivedBody {
  readonly bytes: Buffer;
  /** Holds the body's bytes in the budget until it is released. */
  readonly transfer: Transfer;
}

/** Makes the error for a body that is too long. */
export function bodyTooLarge(maxBytes: number): RequestError {
  return new RequestError("tooLarge", `Expected a body of at most ${maxBytes} bytes.`);
}

/**
 * Receives a request's body. A client that waits for "100 Continue" gets it only now, so that it does not send the body of a request that is
 * rejected earlier.
 *
 * @param maxBytes maximum length in bytes
 * @throws {RequestError} 413 if it is longer; 408 if it comes too slowly; 429 if all bodies together hold too many bytes; 400 if it
 * ends early; 415 if its transfer encoding is not `chunked`
 */
export function receiveBody(
  { request, response, signal }: Exchange,
  transfers: Transfers,
  maxBytes: number,
): Promise<ReceivedBody> {
  return new Promise((resolve, reject) => {
    // Node decodes only chunks, and no other transfer encoding.
    if (!/^\s*(chunked\s*)?$/i.test(request.headers["transfer-encoding"] ?? "")) {
      request.resume();
      throw new RequestError("unsupportedMediaType", "Expected a transfer encoding of chunked, or none.");
    }
    const chunks: Buffer[] = [];
    let length = 0;
    let undo = () => {};
    const fail = (reason: unknown) => {
      stop();
      transfer.release();
      // Discard the rest of the body, so that the client can read the answer.
      request.resume();
      reject(reason);
    };
    const transfer = transfers.begin({ moved: () => length, end: fail });
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) return fail(bodyTooLarge(maxBytes));
      chunks.push(chunk);
      transfer.hold(chunk.length);
    };
    const onEnd = () => {
      stop();
      transfer.complete();
      resolve({ bytes: Buffer.concat(chunks, length), transfer });
    };
    const stop = () => {
      request.off("data", onData).off("end", onEnd);
      undo();
    };
    undo = onAbort(signal, () => fail(signal.reason));
    if (signal.aborted) return;
    if (isWaitingForContinue(request)) response.writeContinue();
    // The signal carries the reason; an error event without a listener would end the process.
    request
      .on("error", () => {})
      .on("data", onData)
      .on("end", onEnd);
  });
}

function isWaitingForContinue({ headers, httpVersion }: IncomingMessage): boolean {
  return httpVersion !== "1.0" && /^100-continue$/i.test(headers.expect ?? "");
}
