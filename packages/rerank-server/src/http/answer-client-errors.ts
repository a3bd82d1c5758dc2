import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { RequestError } from "../errors/request-error.js";
import { errorBody } from "./answer-errors.js";
import { endGently } from "./end-gently.js";
import type { Exchanges } from "./exchanges.js";

/** Code of the error with which Node reports a request that takes too long. */
const TIMEOUT = "ERR_HTTP_REQUEST_TIMEOUT";

/** Turns errors of Node's HTTP parser and its timeouts into ours. Theirs contain the client's bytes, which must not be logged. */
function requestErrorOf({ code }: NodeJS.ErrnoException): RequestError {
  if (code === "HPE_HEADER_OVERFLOW") return new RequestError("headersTooLarge", "Expected shorter headers.");
  if (code === TIMEOUT) return new RequestError("timeout", "Expected a whole request in less time.");
  return new RequestError("malformed", "Expected a well-formed HTTP request.");
}

/**
 * Makes a listener for `server.on("clientError", …)`, which answers invalid and slow HTTP requests.
 *
 * If a request's body is malformed, its own exchange answers. Invalid bytes after whole requests are answered after these. A connection that has not sent a byte is
 * not slow but idle, as clients open connections ahead of their requests. It is closed without an answer, because its next request could
 * mistake that for its own.
 *
 * @param idleMs how much longer such a connection is kept, in ms
 */
export function answerClientErrors(
  exchanges: Exchanges,
  idleMs: number,
): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === "ECONNRESET" || socket.destroyed) return;
    if (error.code !== TIMEOUT) return reject(exchanges, socket, error);
    const begun = exchanges.isOpen(socket);
    // After a busy moment, Node's timeout fires before the bytes that arrived meanwhile are read.
    setImmediate(() => {
      if (socket.destroyed) return;
      const isInTime = begun ? !exchanges.isIncomplete(socket) : exchanges.isOpen(socket);
      if (isInTime) return;
      if (socket.bytesRead === 0) closeIfSilent(socket, idleMs);
      else reject(exchanges, socket, error);
    });
  };
}

function reject(exchanges: Exchanges, socket: Socket, cause: NodeJS.ErrnoException): void {
  const error = requestErrorOf(cause);
  endGently(socket);
  if (exchanges.afterAnswers(socket, () => answer(socket, error))) return;
  if (!exchanges.giveUpOf(socket, error)) answer(socket, error);
}

/** Answers on a connection without an open request, and ends it. */
function answer(socket: Socket, error: RequestError): void {
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify(errorBody(error));
  socket.write(
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  socket.destroySoon();
}

/** Closes a connection unless it sends something in the next `ms`. Node's timeout does not check it again. */
function closeIfSilent(socket: Socket, ms: number): void {
  const close = () => {
    if (socket.bytesRead === 0) socket.destroy();
  };
  const timer = setTimeout(() => setImmediate(close), ms).unref();
  socket.once("close", () => clearTimeout(timer));
}
