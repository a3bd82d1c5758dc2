import type { ToyReranker } from "@secondpass/test-kit";
import { createRerankServer, type RerankServer, type RerankServerOptions } from "../src/index.js";

/** A running server on a free port that logs nothing. A function that loads is not waited for. */
export async function startServer(
  model: ToyReranker | RerankServerOptions["model"],
  options: Omit<RerankServerOptions, "model"> = {},
): Promise<RerankServer> {
  const server = await createRerankServer({ logLevel: "silent", ...options, model }, { port: 0 });
  if (typeof model !== "function") await server.ready;
  return server;
}
