import type { ToyReranker } from "@secondpass/test-kit";
import { createRerankServer, type RerankServer, type RerankServerOptions } from "../src/index.js";

/**
 * A running server on a free port that logs nothing. A function that loads is not waited for.
 *
 * @param model if undefined, `options.models` are served
 * @param waits whether models of `options.models` are waited for
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
