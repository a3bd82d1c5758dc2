import type { Socket } from "node:net";

/** How long a client may go on sending a body that nobody wants, in ms. */
const LINGER_MS = 5000;

/**
 * Makes a connection end so that its last answer arrives: one that is closed while the client still sends is reset, and the reset may overtake the answer. So only
 * the server's direction is ended, and what still comes is thrown away for a while.
 */
export function endGently(socket: Socket): void {
  // What Node's HTTP server calls once the answer is written.
  socket.destroySoon = () => {
    socket.end();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
    socket.once("close", () => clearTimeout(timer));
  };
}
