import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { InvalidOptionError } from "@secondpass/core";
import { toyReranker } from "@secondpass/test-kit";
import { createRerankServer, type RerankServer } from "../../src/index.js";
import { startServer } from "../start-server.js";

const PAGE = "https://app.example.org";
const BODY = JSON.stringify({ query: "q", texts: ["text"] });

/** Sends the request that a browser sends before a page's request. */
const preflight = (server: RerankServer, origin: string) =>
  fetch(`${server.url}/rerank`, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type",
    },
  });
const post = (server: RerankServer, origin: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/rerank`, {
    method: "POST",
    headers: { origin, "content-type": "application/json", ...headers },
    body: BODY,
  });
const allowed = ({ headers }: Response) => headers.get("access-control-allow-origin");

describe("a page of another origin", () => {
  it("may read nothing unless it is allowed", async () => {
    const server = await startServer(toyReranker());
    expect((await preflight(server, PAGE)).status).toBe(404);
    const answer = await post(server, PAGE);
    expect([answer.status, allowed(answer)]).toEqual([200, null]);
    await server.close({ graceMs: 0 });
  });

  it("may read everything if all origins are allowed", async () => {
    const server = await startServer(toyReranker(), { cors: ["*"] });
    expect(allowed(await post(server, PAGE))).toBe("*");
    expect(allowed(await preflight(server, "null"))).toBe("*");
    await server.close({ graceMs: 0 });
  });

  it.each<[string, unknown]>([
    ["a path", ["https://example.org/"]],
    ["no scheme", ["example.org"]],
    ["another scheme", ["file:///home"]],
    ["a pattern", ["https://*.example.org"]],
    ["null", ["null"]],
    ["a number", [8080]],
    ["not a list", "https://example.org"],
  ])("cannot be named by %s", async (_name, cors) => {
    const made = createRerankServer(
      { model: toyReranker(), cors: cors as string[], logLevel: "silent" },
      { port: 0 },
    );
    await expect(made).rejects.toBeInstanceOf(InvalidOptionError);
  });
});

describe("a server with a list of origins and keys", () => {
  let server: RerankServer;
  beforeAll(async () => {
    server = await startServer(toyReranker(), { cors: [PAGE, "http://localhost:3000"], apiKeys: ["key"] });
  });
  afterAll(() => server.close({ graceMs: 0 }));

  it("answers a preflight, which has no key", async () => {
    const { status, headers } = await preflight(server, PAGE);
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe(PAGE);
    expect(headers.get("access-control-allow-headers")).toBe("authorization,content-type");
    expect(headers.get("access-control-allow-methods")).toContain("POST");
    expect(headers.get("access-control-allow-credentials")).toBeNull();
  });

  it("lets only pages of the list read answers and errors", async () => {
    const answer = await post(server, "http://localhost:3000", { authorization: "Bearer key" });
    expect([answer.status, allowed(answer)]).toEqual([200, "http://localhost:3000"]);
    expect(answer.headers.get("vary")).toContain("Origin");
    const unauthorized = await post(server, PAGE);
    expect([unauthorized.status, allowed(unauthorized)]).toEqual([401, PAGE]);
    const stranger = await post(server, "https://app.example.org.evil.org", { authorization: "Bearer key" });
    expect(allowed(stranger)).toBeNull();
    expect(allowed(await preflight(server, "http://localhost:3001"))).toBeNull();
  });
});
