import { toNodeHandler } from "@modelcontextprotocol/node";
import { createMcpHandler, isLegacyRequest, type McpServer } from "@modelcontextprotocol/server";
import type { Output } from "../../contract/world.js";
import { stackOf } from "../../errors/stack-of.js";
import type { Exchange } from "../../local-http/exchange.js";
import { startLocalServer } from "../../local-http/start-local-server.js";
import { ClientSessions } from "./client-sessions.js";

/** Path to which clients send their messages. */
export const MCP_PATH = "/mcp";

/** Bytes of one message. */
const MAX_MESSAGE_BYTES = 10 * 1024 * 1024;

export interface HttpOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** Token that clients have to show. @default a random one */
  readonly token?: string;
  /** Log of internal failures. */
  readonly log: Output;
}

/** A server of the protocol over streamable HTTP, for the user of this machine. */
export interface McpHttpServer {
  /** Of the endpoint, such as `http://127.0.0.1:4161/mcp`. */
  readonly url: string;
  readonly token: string;
  /** Cancels running calls, ends the sessions and frees the port. */
  close(): Promise<void>;
}

/** Serves clients over HTTP on the loopback address. @throws {CommandError} if the port cannot be listened on */
export async function serveOverHttp(
  createServer: () => McpServer,
  { port, token, log }: HttpOptions,
): Promise<McpHttpServer> {
  const onFailure = (error: unknown) => void log.write(`${stackOf(error)}\n`);
  const sessions = new ClientSessions(createServer);
  // Revisions from 2026-07-28 on have no sessions: each request has its own server.
  const current = createMcpHandler(createServer, {
    legacy: "reject",
    maxRequestBodySize: MAX_MESSAGE_BYTES,
  });
  const route = (method: "GET" | "POST" | "DELETE") => ({
    method,
    path: MCP_PATH,
    async answer(exchange: Exchange) {
      const { request, response, signal } = exchange;
      const body = method === "POST" ? await exchange.json(MAX_MESSAGE_BYTES) : undefined;
      const handler = toNodeHandler(
        {
          fetch: async (webRequest) =>
            (await isLegacyRequest(webRequest, body))
              ? sessions.answer(webRequest, body, signal)
              : current.fetch(webRequest, { parsedBody: body }),
        },
        { onerror: onFailure },
      );
      await handler(request, response, body);
    },
  });
  const server = await startLocalServer({
    port,
    ...(token !== undefined && { token }),
    routes: [route("POST"), route("GET"), route("DELETE")],
    onFailure,
  }).catch(async (error: unknown) => {
    await sessions.close();
    throw error;
  });
  return {
    url: server.url + MCP_PATH,
    token: server.token,
    async close() {
      await Promise.all([sessions.close(), current.close()]);
      await server.close();
    },
  };
}
