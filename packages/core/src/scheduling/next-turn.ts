/** A MessagePort as browsers have it; Node's type has events only. */
interface BrowserPort {
  onmessage: () => void;
  postMessage(message: unknown): void;
  close(): void;
}

/** Resolves after one full turn of the event loop, so that timers and input get their turn too. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else if (typeof MessageChannel === "function") {
      // Browsers make a timer that follows a timer wait for 4 ms, but not a message.
      const { port1, port2 } = new MessageChannel() as unknown as Record<"port1" | "port2", BrowserPort>;
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    } else setTimeout(resolve, 0);
  });
}
