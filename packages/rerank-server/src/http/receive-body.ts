import type { IncomingMessage } from "node:http";
import { onAbort } from "@secondpass/core";
import { RequestError } from "../errors/request-error.js";
import type { Exchange } from "./exchange.js";
import type { Transfer, Transfers } from "./transfers.js";

/** A body that has come whole. */
export interface ReceivedBody {
  readonly bytes: Buffer;
  /** Holds the body's bytes in the budget until it is released. */
  readonly transfer: Transfer;
}

/** The error of a body that is longer than the server takes. */
export function bodyTooLarge(maxBytes: number): RequestError {
  return new RequestError("tooLarge", `Expected a body of at most ${maxBytes} bytes.`);
}

/**
 * Receives a request's body. A client that waits for "100 Continue" gets it now, so that a request which is refused earlier never
 * sends its body.
 *
 * @param maxBytes bytes that are received at most
 * @throws {RequestError} 413 if it is longer; 408 if it comes too slowly; 429 if all bodies together hold too many bytes; 400 if it
 * ends early; 415 if it is coded for the transfer in another way than in chunks
 */
export function receiveBody(
  { request, response, signal }: Exchange,
  transfers: Transfers,
  maxBytes: number,
): Promise<ReceivedBody> {
  return new Promise((resolve, reject) => {
    // Node reads the chunks, and leaves what else was done to them.
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
      // What still comes is thrown away, so that the client can read the answer.
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
    // The signal tells what happened; an error that nobody hears would end the process.
    request
      .on("error", () => {})
      .on("data", onData)
      .on("end", onEnd);
  });
}

function isWaitingForContinue({ headers, httpVersion }: IncomingMessage): boolean {
  return httpVersion !== "1.0" && /^100-continue$/i.test(headers.expect ?? "");
}
