import { afterEach, describe, expect, it } from "@jest/globals";
import { McpServer } from "@modelcontextprotocol/server";
import { ClientSessions } from "../../../src/mcp/transports/client-sessions.js";

const URL = "http://127.0.0.1/mcp";
const HEADERS = { "content-type": "application/json", accept: "application/json, text/event-stream" };
const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1" } },
};

let sessions: ClientSessions;
afterEach(() => sessions.close());

/** Sends a message, and waits for the complete answer. */
async function send(body: object, id?: string, method = "POST"): Promise<Response> {
  const done = new AbortController();
  const headers = { ...HEADERS, ...(id !== undefined && { "mcp-session-id": id }) };
  const request = new Request(URL, {
    method,
    headers,
    ...(method === "POST" && { body: JSON.stringify(body) }),
  });
  const response = await sessions.answer(request, method === "POST" ? body : undefined, done.signal);
  await response.text();
  done.abort();
  return response;
}
const begin = async () => (await send(initialize)).headers.get("mcp-session-id") as string;
const ping = async (id: string) => (await send({ jsonrpc: "2.0", id: 2, method: "ping" }, id)).status;

describe("ClientSessions", () => {
  const createServer = () => new McpServer({ name: "test", version: "1" });

  it("keeps clients apart, and ends a session at DELETE", async () => {
    sessions = new ClientSessions(createServer);
    const [one, two] = [await begin(), await begin()];
    expect(one).not.toBe(two);
    expect([await ping(one), await ping(two), await ping("made up")]).toEqual([200, 200, 404]);
    expect((await send({}, one, "DELETE")).status).toBe(200);
    expect([await ping(one), await ping(two), sessions.size]).toEqual([404, 200, 1]);
    expect((await send({ jsonrpc: "2.0", id: 2, method: "ping" })).status).toBe(400);
  });

  it("ends the longest unused session to make room for a new one, but never one with a running request", async () => {
    let now = 0;
    sessions = new ClientSessions(createServer, { maxSessions: 2, now: () => now++ });
    const [one, two] = [await begin(), await begin()];
    await ping(one);
    const three = await begin();
    expect([await ping(one), await ping(two), await ping(three)]).toEqual([200, 404, 200]);
    // These streams stay open.
    for (const id of [one, three]) {
      const request = new Request(URL, { headers: { accept: "text/event-stream", "mcp-session-id": id } });
      const { status } = await sessions.answer(request, undefined, new AbortController().signal);
      expect(status).toBe(200);
    }
    const rejected = await send(initialize);
    expect([rejected.status, sessions.size]).toEqual([503, 2]);
  });

  it("ends unused sessions", async () => {
    let now = 0;
    sessions = new ClientSessions(createServer, { idleMs: 100, now: () => now });
    const [one, two] = [await begin(), await begin()];
    now = 60;
    await ping(two);
    now = 120;
    await sessions.endIdle();
    expect([await ping(one), await ping(two)]).toEqual([404, 200]);
  });

  it("keeps nothing of a request that did not begin a session", async () => {
    sessions = new ClientSessions(createServer);
    await send({ ...initialize, params: { protocolVersion: 7 } });
    expect(sessions.size).toBe(0);
  });
});
