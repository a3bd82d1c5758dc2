import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { RequestError } from "../errors/request-error.js";
import type { Exchange } from "./exchange.js";
import { isReceived } from "./is-received.js";

/** Every request that has no complete answer yet. */
export class Exchanges {
  readonly #open = new Map<IncomingMessage, Exchange>();

  /** Exchanges under way. */
  get open(): number {
    return this.#open.size;
  }

  /** Begins an exchange. It ends by itself, with its answer or its connection. */
  begin(request: IncomingMessage, response: ServerResponse): Exchange {
    const controller = new AbortController();
    const exchange: Exchange = {
      request,
      response,
      signal: controller.signal,
      giveUp: (reason) => controller.abort(reason),
    };
    this.#open.set(request, exchange);
    // "close" comes after every answer, and also when the client leaves without one.
    response.once("close", () => {
      this.#open.delete(request);
      if (!response.writableEnded) {
        controller.abort(new RequestError("unavailable", "The client has gone away."));
      }
    });
    return exchange;
  }

  /** The exchange of a request under way. */
  of(request: IncomingMessage): Exchange {
    const exchange = this.#open.get(request);
    if (exchange === undefined) throw new RequestError("unavailable", "The client has gone away.");
    return exchange;
  }

  /** Whether a connection has one. */
  isOpen(socket: Socket): boolean {
    return this.#ofSocket(socket).length > 0;
  }

  /** Whether a connection has one whose request has not come whole. */
  isIncomplete(socket: Socket): boolean {
    return this.#ofSocket(socket).some(({ request }) => !isReceived(request));
  }

  /** Gives up those of one connection; false if it has none. */
  giveUpOf(socket: Socket, reason: RequestError): boolean {
    const own = this.#ofSocket(socket);
    for (const exchange of own) exchange.giveUp(reason);
    return own.length > 0;
  }

  /**
   * Waits until the last of one connection, whose requests have all come whole, is answered.
   * @returns whether it has any, and all have
   */
  afterAnswers(socket: Socket, work: () => void): boolean {
    const last = this.#ofSocket(socket).at(-1);
    if (last === undefined || this.isIncomplete(socket)) return false;
    last.response.once("close", work);
    return true;
  }

  /** Gives up those whose request has not come whole. */
  giveUpIncomplete(reason: RequestError): void {
    for (const exchange of [...this.#open.values()]) {
      if (!isReceived(exchange.request)) exchange.giveUp(reason);
    }
  }

  /** Gives up all. */
  giveUpAll(reason: RequestError): void {
    for (const exchange of [...this.#open.values()]) exchange.giveUp(reason);
  }

  #ofSocket(socket: Socket): Exchange[] {
    return [...this.#open.values()].filter(({ request }) => request.socket === socket);
  }
}
