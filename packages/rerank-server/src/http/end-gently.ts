import type { Socket } from "node:net";

/** How long a client may go on sending after it was refused, in ms. */
const LINGER_MS = 10_000;
/** How many bytes it may go on sending. */
const LINGER_BYTES = 512 * 1024 * 1024;
/** How often both are checked, in ms. */
const CHECK_MS = 100;

const lingering = new WeakSet<Socket>();

/**
 * Makes a connection end so that its last answer arrives. A connection that is closed while the client still sends is reset, and the
 * reset may overtake the answer. So the server ends only its own direction, and throws away what still comes, for a while.
 */
export function endGently(socket: Socket): void {
  if (lingering.has(socket)) return;
  lingering.add(socket);
  const readBefore = socket.bytesRead;
  // What Node's HTTP server calls once the answer is written.
  socket.destroySoon = () => {
    socket.end();
    const until = performance.now() + LINGER_MS;
    const timer = setInterval(() => {
      if (performance.now() > until || socket.bytesRead - readBefore > LINGER_BYTES) socket.destroy();
    }, CHECK_MS).unref();
    socket.once("close", () => clearInterval(timer));
  };
}

/** Whether a connection has had its last answer. What still comes on it is not read. */
export function isEnding(socket: Socket): boolean {
  return lingering.has(socket);
}
