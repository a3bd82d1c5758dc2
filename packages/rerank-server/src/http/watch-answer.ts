import type { ServerResponse } from "node:http";
import type { Transfers } from "./transfers.js";

/**
 * Watches an answer that is not sent immediately, and counts its bytes as memory that the connection holds. A client that reads it too slowly, or that
 * holds the most when all connections together hold too much, is disconnected.
 *
 * @param bytes length of the answer
 */
export function watchAnswer(response: ServerResponse, bytes: number, transfers: Transfers): void {
  setImmediate(() => {
    const { socket } = response;
    // An answer that waits for another answer of its connection is not being sent yet.
    if (socket === null || response.writableFinished || socket.writableLength === 0) return;
    const transfer = transfers.begin({
      moved: () => bytes - Math.min(bytes, socket.writableLength),
      end: () => void socket.destroy(),
    });
    response.once("close", transfer.release);
    transfer.hold(Math.min(bytes, socket.writableLength));
  });
}
