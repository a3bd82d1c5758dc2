import type { Socket } from "node:net";

/** How long a client may continue sending after an error answer, in ms. */
const LINGER_MS = 10_000;
/** How many more bytes it may send. */
const LINGER_BYTES = 512 * 1024 * 1024;
/** How often both are checked, in ms. */
const CHECK_MS = 100;

const lingering = new WeakSet<Socket>();

/**
 * Ends a connection so that its last answer arrives. A connection that is closed while the client still sends is reset, and the
 * reset may overtake the answer. So the server ends only its own direction, and discards incoming data for a while.
 */
export function endGently(socket: Socket): void {
  if (lingering.has(socket)) return;
  lingering.add(socket);
  const readBefore = socket.bytesRead;
  // Node's HTTP server calls this once the answer is written.
  socket.destroySoon = () => {
    socket.end();
    const until = performance.now() + LINGER_MS;
    const timer = setInterval(() => {
      if (performance.now() > until || socket.bytesRead - readBefore > LINGER_BYTES) socket.destroy();
    }, CHECK_MS).unref();
    socket.once("close", () => clearInterval(timer));
  };
}

/** Whether a connection has had its last answer, so that no more requests are read from it. */
export function isEnding(socket: Socket): boolean {
  return lingering.has(socket);
}
