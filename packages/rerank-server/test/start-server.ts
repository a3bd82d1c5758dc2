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

/** An answer's status and JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Posts JSON (or a body as it is) and reads the JSON that comes back. */
export async function post(
  server: { readonly url: string },
  body: unknown,
  options: {
    readonly path?: string;
    readonly headers?: Record<string, string>;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Answer> {
  const response = await fetch(`${server.url}${options.path ?? "/invocations"}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...options.headers },
    body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
    signal: options.signal,
  });
  return { status: response.status, body: await response.json() };
}
