import { once } from "node:events";
import { createServer } from "node:net";

/** Finds a free port of this machine. */
export async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("Expected an address with a port.");
  return address.port;
}
