import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Limits the number of connections. If there is one too many, it closes the connection that has been without a complete request for the
 * longest time: idle connections and slow senders make room for new clients. A connection whose request is being computed is never
 * closed for another one.
 */
export class Connections {
  /** Connections without a complete request, the longest waiting first. */
  readonly #waiting = new Set<Socket>();
  /** Number of requests that are being computed or answered, by connection. */
  readonly #busy = new Map<Socket, number>();

  /** @param max connections at a time. Minimum 1 */
  constructor(
    server: Server,
    readonly max: number,
  ) {
    server.on("connection", (socket) => this.#accept(socket));
  }

  /** Number of open connections. */
  get open(): number {
    return this.#waiting.size + this.#busy.size;
  }

  /** Records that a complete request of this connection is being computed. */
  begin(socket: Socket): void {
    if (socket.destroyed) return;
    this.#waiting.delete(socket);
    this.#busy.set(socket, (this.#busy.get(socket) ?? 0) + 1);
  }

  /** Records that an answer of this connection is complete, or was abandoned. */
  end(socket: Socket): void {
    const left = (this.#busy.get(socket) ?? 0) - 1;
    if (left > 0) {
      this.#busy.set(socket, left);
    } else if (!socket.destroyed) {
      this.#busy.delete(socket);
      // Move it to the end of the line, because it has just completed a request.
      this.#waiting.delete(socket);
      this.#waiting.add(socket);
    }
  }

  #accept(socket: Socket): void {
    this.#waiting.add(socket);
    socket.once("close", () => {
      this.#waiting.delete(socket);
      this.#busy.delete(socket);
    });
    if (this.open <= this.max) return;
    const [longest] = this.#waiting;
    longest?.destroy();
  }
}
