import { randomUUID } from "node:crypto";
import { type McpServer, WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/server";
import { onAbort } from "@secondpass/core";

/** Sessions at a time: more clients than a person runs. */
const MAX_SESSIONS = 32;
/** Time after which an unused session ends, in ms. */
const IDLE_MS = 30 * 60_000;
/** Time between two checks for idle sessions, in ms. */
const CHECK_MS = 60_000;

interface Session {
  readonly server: McpServer;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  /** Requests that are being answered, streams among them. */
  open: number;
  usedAt: number;
}

export interface SessionLimits {
  readonly maxSessions?: number;
  readonly idleMs?: number;
  /** Current time in ms. */
  readonly now?: () => number;
}

/**
 * Sessions of clients that use the protocol up to revision 2025-11-25. They begin with `initialize` and continue with the header `Mcp-Session-Id`. (Newer clients
 * have no sessions.) A client ends its session with DELETE. Many do not: a session also ends after half an hour without use, and the longest unused one ends if a
 * new one needs its place.
 */
export class ClientSessions {
  readonly #sessions = new Map<string, Session>();
  readonly #timer: NodeJS.Timeout;
  readonly #maxSessions: number;
  readonly #idleMs: number;
  readonly #now: () => number;

  constructor(
    readonly createServer: () => McpServer,
    { maxSessions = MAX_SESSIONS, idleMs = IDLE_MS, now = () => performance.now() }: SessionLimits = {},
  ) {
    this.#maxSessions = maxSessions;
    this.#idleMs = idleMs;
    this.#now = now;
    this.#timer = setInterval(() => void this.endIdle(), CHECK_MS).unref();
  }

  /** Number of sessions. */
  get size(): number {
    return this.#sessions.size;
  }

  /**
   * Answers a request.
   *
   * @param body of the request, already read; undefined if it has none
   * @param signal aborts once the answer is complete, or the client has left
   */
  async answer(request: Request, body: unknown, signal: AbortSignal): Promise<Response> {
    const id = request.headers.get("mcp-session-id");
    const session = id === null ? await this.#begin(body) : this.#sessions.get(id);
    if (session instanceof Response) return session;
    if (session === undefined) {
      return failure(404, -32_001, "This session has ended. Begin another with initialize.");
    }
    session.open++;
    onAbort(signal, () => {
      session.open--;
      session.usedAt = this.#now();
    });
    return session.transport.handleRequest(request, { ...(body !== undefined && { parsedBody: body }) });
  }

  /** Ends the sessions that nobody has used for too long. */
  async endIdle(): Promise<void> {
    const now = this.#now();
    await Promise.all(
      [...this.#sessions]
        .filter(([, { open, usedAt }]) => open === 0 && now - usedAt >= this.#idleMs)
        .map(([id]) => this.#end(id)),
    );
  }

  /** Ends all sessions. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#sessions.keys()].map((id) => this.#end(id)));
  }

  async #begin(body: unknown): Promise<Session | Response> {
    if ((body as { method?: unknown } | undefined)?.method !== "initialize") {
      return failure(400, -32_000, "Expected the header Mcp-Session-Id, or initialize to begin a session.");
    }
    if (this.#sessions.size >= this.#maxSessions) {
      const [longest] = [...this.#sessions]
        .filter(([, { open }]) => open === 0)
        .sort(([, a], [, b]) => a.usedAt - b.usedAt);
      if (longest === undefined) {
        return failure(
          503,
          -32_000,
          `Too many clients: all of ${this.#maxSessions} sessions are at work. Try again later.`,
        );
      }
      await this.#end(longest[0]);
    }
    const server = this.createServer();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void this.#sessions.set(id, session),
      onsessionclosed: (id) => this.#end(id),
    });
    const session: Session = { server, transport, open: 0, usedAt: this.#now() };
    await server.connect(transport);
    return session;
  }

  async #end(id: string): Promise<void> {
    const session = this.#sessions.get(id);
    this.#sessions.delete(id);
    await session?.server.close();
  }
}

function failure(status: number, code: number, message: string): Response {
  return Response.json({ jsonrpc: "2.0", error: { code, message }, id: null }, { status });
}
