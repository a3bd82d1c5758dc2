import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { RequestError } from "../errors/request-error.js";
import type { Exchange } from "./exchange.js";
import { isReceived } from "./is-received.js";

/** All requests without a complete answer. */
export class Exchanges {
  readonly #open = new Map<IncomingMessage, Exchange>();

  /** Number of open exchanges. */
  get open(): number {
    return this.#open.size;
  }

  /** Begins an exchange. It ends automatically, with its answer or its connection. */
  begin(request: IncomingMessage, response: ServerResponse): Exchange {
    const controller = new AbortController();
    const exchange: Exchange = {
      request,
      response,
      signal: controller.signal,
      giveUp: (reason) => controller.abort(reason),
    };
    this.#open.set(request, exchange);
    // "close" fires after every answer, and also if the client leaves without one.
    response.once("close", () => {
      this.#open.delete(request);
      if (!response.writableEnded) {
        controller.abort(new RequestError("unavailable", "The client has gone away."));
      }
    });
    return exchange;
  }

  /** Returns the exchange of a running request. */
  of(request: IncomingMessage): Exchange {
    const exchange = this.#open.get(request);
    if (exchange === undefined) throw new RequestError("unavailable", "The client has gone away.");
    return exchange;
  }

  /** Whether a connection has an open exchange. */
  isOpen(socket: Socket): boolean {
    return this.#ofSocket(socket).length > 0;
  }

  /** Whether a connection has an open exchange with an incomplete request. */
  isIncomplete(socket: Socket): boolean {
    return this.#ofSocket(socket).some(({ request }) => !isReceived(request));
  }

  /** Abandons the exchanges of one connection; false if it has none. */
  giveUpOf(socket: Socket, reason: RequestError): boolean {
    const own = this.#ofSocket(socket);
    for (const exchange of own) exchange.giveUp(reason);
    return own.length > 0;
  }

  /**
   * Waits until the last exchange of a connection with only complete requests is answered.
   * @returns false, without waiting, if the connection has no exchange or an incomplete request
   */
  afterAnswers(socket: Socket, work: () => void): boolean {
    const last = this.#ofSocket(socket).at(-1);
    if (last === undefined || this.isIncomplete(socket)) return false;
    last.response.once("close", work);
    return true;
  }

  /** Abandons the exchanges with incomplete requests. */
  giveUpIncomplete(reason: RequestError): void {
    for (const exchange of [...this.#open.values()]) {
      if (!isReceived(exchange.request)) exchange.giveUp(reason);
    }
  }

  /** Abandons all exchanges. */
  giveUpAll(reason: RequestError): void {
    for (const exchange of [...this.#open.values()]) exchange.giveUp(reason);
  }

  #ofSocket(socket: Socket): Exchange[] {
    return [...this.#open.values()].filter(({ request }) => request.socket === socket);
  }
}
