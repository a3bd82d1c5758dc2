import type { Socket } from "node:net";

/** How long a client may continue to send a body that is discarded, in ms. */
const LINGER_MS = 5000;

/**
 * Ends a connection so that its last answer arrives. A connection that is closed while the client still sends is reset, and the reset may overtake the answer. So
 * only the server's direction is ended, and incoming data is discarded for a while.
 */
export function endGently(socket: Socket): void {
  // Node's HTTP server calls this once the answer is written.
  socket.destroySoon = () => {
    socket.end();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
    socket.once("close", () => clearTimeout(timer));
  };
}
