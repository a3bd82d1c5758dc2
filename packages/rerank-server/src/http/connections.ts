import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Keeps the number of connections below a limit. If there is one too many, the connection that has gone the longest without a complete
 * request is closed: idle ones and slow senders make room for new clients. One whose request is being computed is never closed for
 * another.
 */
export class Connections {
  /** Connections without a complete request, the longest such first. */
  readonly #waiting = new Set<Socket>();
  /** Requests of each connection that are being computed or answered. */
  readonly #busy = new Map<Socket, number>();

  /** @param max connections at a time. Minimum 1 */
  constructor(
    server: Server,
    readonly max: number,
  ) {
    server.on("connection", (socket) => this.#accept(socket));
  }

  /** Connections that are open. */
  get open(): number {
    return this.#waiting.size + this.#busy.size;
  }

  /** A complete request of this connection is being computed. */
  begin(socket: Socket): void {
    if (socket.destroyed) return;
    this.#waiting.delete(socket);
    this.#busy.set(socket, (this.#busy.get(socket) ?? 0) + 1);
  }

  /** An answer of this connection is complete, or given up. */
  end(socket: Socket): void {
    const left = (this.#busy.get(socket) ?? 0) - 1;
    if (left > 0) {
      this.#busy.set(socket, left);
    } else if (!socket.destroyed) {
      this.#busy.delete(socket);
      // Again at the end of the line: it has just made itself useful.
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
