import type { ToyReranker } from "@secondpass/test-kit";
import { createRerankServer, type RerankServer, type RerankServerOptions } from "../src/index.js";

/**
 * Starts a server on a free port that logs nothing. Does not wait for a loader function.
 *
 * @param model if undefined, `options.models` are served
 * @param waits whether to wait for the models of `options.models`
 */
export async function startServer(
  model: ToyReranker | RerankServerOptions["model"],
  options: Omit<RerankServerOptions, "model"> = {},
  waits = typeof model !== "function",
): Promise<RerankServer> {
  const server = await createRerankServer(
    { logLevel: "silent", ...options, ...(model && { model }) },
    { port: 0 },
  );
  if (waits) await server.ready;
  return server;
}
