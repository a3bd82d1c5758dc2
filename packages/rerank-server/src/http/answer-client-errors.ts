import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { RequestError } from "../errors/request-error.js";
import { errorBody } from "./answer-errors.js";
import { endGently } from "./end-gently.js";
import type { Exchanges } from "./exchanges.js";

/** What Node's HTTP parser and its clock complain about. Their errors carry the client's bytes, which nobody logs. */
function refusalOf({ code }: NodeJS.ErrnoException): RequestError {
  if (code === "HPE_HEADER_OVERFLOW") return new RequestError("headersTooLarge", "Expected shorter headers.");
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return new RequestError("timeout", "Expected a whole request in less time.");
  }
  return new RequestError("malformed", "Expected a well-formed HTTP request.");
}

/**
 * Answers what is no HTTP request: `server.on("clientError", …)`.
 *
 * A request whose body turns out to be malformed is answered by its own exchange.
 */
export function answerClientErrors(
  exchanges: Exchanges,
): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === "ECONNRESET" || socket.destroyed) return;
    const refusal = refusalOf(error);
    endGently(socket);
    if (exchanges.giveUpOf(socket, refusal)) return;
    if (!socket.writable) return void socket.destroy();
    const body = JSON.stringify(errorBody(refusal));
    socket.write(
      `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\ncontent-type: application/json\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
    socket.destroySoon();
  };
}
