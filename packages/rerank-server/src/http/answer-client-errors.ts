import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { RequestError } from "../errors/request-error.js";
import { errorBody } from "./answer-errors.js";
import { endGently } from "./end-gently.js";
import type { Exchanges } from "./exchanges.js";

/** Code of the error by which Node's clock reports a request that takes too long. */
const TIMEOUT = "ERR_HTTP_REQUEST_TIMEOUT";

/** What Node's HTTP parser and its clock complain about. Their errors carry the client's bytes, which nobody logs. */
function refusalOf({ code }: NodeJS.ErrnoException): RequestError {
  if (code === "HPE_HEADER_OVERFLOW") return new RequestError("headersTooLarge", "Expected shorter headers.");
  if (code === TIMEOUT) return new RequestError("timeout", "Expected a whole request in less time.");
  return new RequestError("malformed", "Expected a well-formed HTTP request.");
}

/**
 * Answers what is not an HTTP request: `server.on("clientError", …)`.
 *
 * A request whose body turns out to be malformed is answered by its own exchange. What comes behind whole requests is answered after them. A connection that has not sent a byte is not slow but
 * idle, as those are that clients open ahead of their requests: it is closed without an answer, which its next request could take for
 * its own.
 *
 * @param idleMs how much longer such a connection is kept, in ms
 */
export function answerClientErrors(
  exchanges: Exchanges,
  idleMs: number,
): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === "ECONNRESET" || socket.destroyed) return;
    if (error.code !== TIMEOUT) return refuse(exchanges, socket, error);
    const begun = exchanges.isOpen(socket);
    // After a busy moment, the clock runs before what has come meanwhile is read.
    setImmediate(() => {
      if (socket.destroyed) return;
      const isInTime = begun ? !exchanges.isIncomplete(socket) : exchanges.isOpen(socket);
      if (isInTime) return;
      if (socket.bytesRead === 0) closeIfSilent(socket, idleMs);
      else refuse(exchanges, socket, error);
    });
  };
}

function refuse(exchanges: Exchanges, socket: Socket, error: NodeJS.ErrnoException): void {
  const refusal = refusalOf(error);
  endGently(socket);
  if (exchanges.afterAnswers(socket, () => answer(socket, refusal))) return;
  if (!exchanges.giveUpOf(socket, refusal)) answer(socket, refusal);
}

/** Answers on a connection that no request is open on, and ends it. */
function answer(socket: Socket, refusal: RequestError): void {
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify(errorBody(refusal));
  socket.write(
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  socket.destroySoon();
}

/** Closes a connection unless it sends something in the next `ms`. Node's clock does not look at it again. */
function closeIfSilent(socket: Socket, ms: number): void {
  const close = () => {
    if (socket.bytesRead === 0) socket.destroy();
  };
  const timer = setTimeout(() => setImmediate(close), ms).unref();
  socket.once("close", () => clearTimeout(timer));
}
