import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { InvalidOptionError } from "@secondpass/core";
import { post, toyReranker } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { ApiKeys } from "../../src/auth/api-keys.js";
import { createRerankServer, type RerankServer } from "../../src/index.js";
import { expectedError } from "../expected-error.js";
import { metric } from "../metric.js";
import { HEAD, sendRaw } from "../send-raw.js";
import { startServer } from "../start-server.js";

const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 60,
});

describe("keys", () => {
  it("are accepted unchanged, and nothing else is", () => {
    fc.assert(
      fc.property(fc.array(visible, { minLength: 1, maxLength: 5 }), visible, (keys, other) => {
        const own = new ApiKeys(keys);
        for (const key of keys) expect(own.accept(`Bearer ${key}`)).toBe(true);
        expect(own.accept(`Bearer ${other}`)).toBe(keys.includes(other));
        expect(own.accept(keys[0])).toBe(false);
      }),
    );
  });

  it.each([
    undefined,
    "",
    "Bearer",
    "Bearer ",
    "Bearer None",
    "Basic secret",
    "Bearer secret more",
    "secret",
    "Bearersecret",
  ])("%p shows none", (header) => expect(new ApiKeys(["secret"]).accept(header)).toBe(false));

  it.each(["Bearer secret", "bearer secret", "BEARER  secret"])("%p shows one", (header) =>
    expect(new ApiKeys(["other", "secret"]).accept(header)).toBe(true),
  );

  it.each<[string, unknown]>([
    ["not a list", "hunter2"],
    ["an empty list", []],
    ["an empty key", ["ok", ""]],
    ["a key with a space", ["hunter2 hunter2"]],
    ["a key with a line break", ["hunter2\n"]],
    ["a number", [12345]],
    ["a key beyond ASCII", ["hunter2ü"]],
    ["a long key", ["hunter2".repeat(100)]],
  ])("cannot be %s, and the error does not show it", async (_name, apiKeys) => {
    const made = createRerankServer({ model: toyReranker(), apiKeys: apiKeys as string[] }, { port: 0 });
    const error = (await made.catch((reason: unknown) => reason)) as InvalidOptionError;
    expect(error).toBeInstanceOf(InvalidOptionError);
    expect(`${error.message} ${JSON.stringify(error)}`).not.toMatch(/hunter2|12345/);
  });
});

describe("a server with keys", () => {
  let server: RerankServer;
  const lines: string[] = [];
  beforeAll(async () => {
    server = await startServer(toyReranker(), {
      apiKeys: ["canary-one", "canary-two"],
      logLevel: "trace",
      logStream: { write: (line) => lines.push(line) },
    });
  });
  afterAll(() => server.close({ graceMs: 0 }));

  const body = { query: "q", texts: ["text"] };
  const send = (authorization?: string) =>
    post(server, body, { path: "/rerank", headers: authorization === undefined ? {} : { authorization } });

  it.each(["Bearer canary-one", "Bearer canary-two"])("answers with %s", async (header) => {
    expect((await send(header)).status).toBe(200);
  });

  it.each([undefined, "Bearer wrong", "Bearer canary-on"])("answers 401 with %p", async (header) => {
    expect(await send(header)).toEqual({
      status: 401,
      body: expectedError(
        "Expected a known API key in the header `Authorization: Bearer KEY`.",
        "unauthorized",
      ),
    });
  });

  it("says how to authenticate", async () => {
    const response = await fetch(`${server.url}/rerank`, { method: "POST" });
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  });

  it.each(["/health", "/ping", "/ready", "/live", "/metrics", "/health/", "/ping?x=1"])(
    "answers %s without a key",
    async (path) => {
      for (const method of ["GET", "HEAD"])
        expect((await fetch(`${server.url}${path}`, { method })).status).toBe(200);
    },
  );

  it.each([
    ["GET", "/nothing"],
    ["POST", "/nothing"],
    ["POST", "/health"],
    ["POST", "/"],
    ["OPTIONS", "/rerank"],
  ])("answers 401 to %s %s, whether it exists or not", async (method, path) => {
    expect((await fetch(`${server.url}${path}`, { method })).status).toBe(401);
  });

  it("answers before the body comes, and counts the answer", async () => {
    const { statuses, text } = await sendRaw(
      server,
      `${HEAD}expect: 100-continue\r\ncontent-length: 5000000\r\n\r\n`,
    );
    expect(statuses).toEqual([401]);
    expect(text).not.toContain("100 Continue");
    expect(await metric(server, "rerank_requests_total")).toBeGreaterThan(0);
  });

  it("logs no key", () => expect(lines.join("")).not.toContain("canary"));

  it("needs a key for paths that the operator does not open", async () => {
    const own = await startServer(toyReranker(), { apiKeys: ["key"], openPaths: ["/ping"] });
    const status = async (path: string) => (await fetch(`${own.url}${path}`)).status;
    expect([await status("/ping"), await status("/metrics"), await status("/health")]).toEqual([
      200, 401, 401,
    ]);
    await own.close({ graceMs: 0 });
  });

  it.each<[unknown]>([["/ping"], [["ping"]], [[5]]])(
    "throws for %p, which is not a list of paths",
    async (openPaths) => {
      const made = createRerankServer(
        { model: toyReranker(), apiKeys: ["key"], openPaths: openPaths as string[] },
        { port: 0 },
      );
      await expect(made).rejects.toBeInstanceOf(InvalidOptionError);
    },
  );

  it("ignores the keys of clients if it has none", async () => {
    const own = await startServer(toyReranker());
    for (const authorization of ["Bearer None", "", "Basic x"]) {
      expect((await post(own, body, { path: "/rerank", headers: { authorization } })).status).toBe(200);
    }
    await own.close({ graceMs: 0 });
  });
});
