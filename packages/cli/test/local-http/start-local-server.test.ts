import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { CommandError } from "../../src/errors/command-error.js";
import { KEY_HEADER } from "../../src/local-http/key-header.js";
import type { Route } from "../../src/local-http/route.js";
import { type LocalServer, startLocalServer } from "../../src/local-http/start-local-server.js";
import { send } from "./send.js";

const running: LocalServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function start(extra: readonly Route[] = [], failures: unknown[] = []) {
  const routes: Route[] = [
    { method: "GET", path: "/", access: "page", answer: (exchange) => exchange.send("page") },
    { method: "GET", path: "/api/facts", answer: (exchange) => exchange.send({ facts: 1 }) },
    {
      method: "POST",
      path: "/api/echo",
      answer: async (exchange) => exchange.send(await exchange.json(100)),
    },
    ...extra,
  ];
  const server = await startLocalServer({
    port: 0,
    routes,
    sessionPath: "/api/session",
    onFailure: (error) => failures.push(error),
  });
  running.push(server);
  return server;
}

const bearer = ({ token }: LocalServer) => ({ authorization: `Bearer ${token}` });
const JSON_BODY = { "content-type": "application/json" };

describe("startLocalServer", () => {
  it("answers a program that shows the token", async () => {
    const server = await start();
    const { status, json } = await send(server.url, "/api/facts", { headers: bearer(server) });
    expect([status, json]).toEqual([200, { facts: 1 }]);
  });

  it("accepts only the user's token if one is given", async () => {
    const token = "chosen-and-long-enough";
    const routes: Route[] = [{ method: "GET", path: "/", answer: (exchange) => exchange.send(1) }];
    const server = await startLocalServer({ port: 0, routes, token, onFailure: () => undefined });
    running.push(server);
    expect(server.token).toBe(token);
    const statuses = [token, `${token}x`, ""].map(async (shown) => {
      return (await send(server.url, "/", { headers: { authorization: `Bearer ${shown}` } })).status;
    });
    expect(await Promise.all(statuses)).toEqual([200, 401, 401]);
  });

  it("answers 401 to a client that shows neither token nor cookie", async () => {
    const server = await start();
    const strangers: Record<string, string>[] = [
      {},
      { authorization: `Basic ${server.token}` },
      { cookie: "secondpass=1" },
    ];
    for (const headers of strangers) {
      const { status, json, headers: answered } = await send(server.url, "/api/facts", { headers });
      expect([status, json.error.type]).toEqual([401, "unauthorized"]);
      expect(answered["www-authenticate"]).toBe("Bearer");
      expect(json.error.message).not.toContain(server.token);
    }
  });

  it("accepts no text except the token", async () => {
    const server = await start();
    const almost = fc
      .tuple(fc.nat(server.token.length - 1), fc.constantFrom("A", "b", "-"))
      .map(([at, char]) => {
        return server.token.slice(0, at) + char + server.token.slice(at + 1);
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(almost, fc.stringMatching(/^[\w-]{0,50}$/)), async (text) => {
        fc.pre(text !== server.token);
        const { status } = await send(server.url, "/api/facts", {
          headers: { authorization: `Bearer ${text}` },
        });
        expect(status).toBe(401);
      }),
      { numRuns: 30 },
    );
  });

  it("exchanges the token for a session: a cookie that no script can read, and a key that is not sent to other ports", async () => {
    const server = await start();
    const exchange = (token: unknown) =>
      send(server.url, "/api/session", {
        method: "POST",
        headers: JSON_BODY,
        body: JSON.stringify({ token }),
      });
    expect((await exchange("wrong")).status).toBe(401);
    expect((await exchange(7)).status).toBe(401);
    const { status, headers, json } = await exchange(server.token);
    expect(status).toBe(200);
    const [cookie = ""] = headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/api$/);
    expect(cookie).not.toContain(server.token);
    const [pair = ""] = cookie.split(";");
    const key = json.key as string;
    const [name = ""] = pair.split("=");
    const statusOf = async (shown: Record<string, string>) =>
      (await send(server.url, "/api/facts", { headers: shown })).status;
    expect(await statusOf({ cookie: `other=1; ${pair}`, [KEY_HEADER]: key })).toBe(200);
    // Another port's program may have set a cookie of the same name.
    expect(await statusOf({ cookie: `${name}=tossed; ${pair}`, [KEY_HEADER]: key })).toBe(200);
    // The cookie is all that another port's program gets of the session, and the key all that a script of our page can read.
    const halves: Record<string, string>[] = [
      { cookie: pair },
      { cookie: pair, [KEY_HEADER]: "" },
      { cookie: pair, [KEY_HEADER]: pair.slice(name.length + 1) },
      { [KEY_HEADER]: key },
      { cookie: `${name}=${key}`, [KEY_HEADER]: key },
      { authorization: `Bearer ${key}` },
    ];
    for (const half of halves) expect([half, await statusOf(half)]).toEqual([half, 401]);
  });

  it("accepts a ticket once", async () => {
    const server = await start();
    const ticket = server.ticket();
    const body = JSON.stringify({ token: ticket });
    const statusOf = async () =>
      (await send(server.url, "/api/session", { method: "POST", headers: JSON_BODY, body })).status;
    expect([await statusOf(), await statusOf()]).toEqual([200, 401]);
  });

  it("does not accept another server's cookie or token", async () => {
    const [one, two] = [await start(), await start()];
    expect((await send(two.url, "/api/facts", { headers: bearer(one) })).status).toBe(401);
  });

  it("answers 403 to a request that names another host", async () => {
    const server = await start();
    const { port } = new URL(server.url);
    for (const host of [
      "attacker.example",
      `attacker.example:${port}`,
      `127.0.0.1:${Number(port) + 1}`,
      "127.0.0.1",
    ]) {
      for (const path of ["/", "/api/facts"]) {
        const { status, json } = await send(server.url, path, { headers: { ...bearer(server), host } });
        expect([host, status, json.error.type]).toEqual([host, 403, "forbidden"]);
      }
    }
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
      expect((await send(server.url, "/api/facts", { headers: { ...bearer(server), host } })).status).toBe(
        200,
      );
    }
  });

  it("answers 403 to pages of other origins", async () => {
    const server = await start();
    const { port } = new URL(server.url);
    for (const origin of [
      "https://attacker.example",
      "null",
      `http://localhost:${port}`,
      `http://127.0.0.1:${port}0`,
    ]) {
      const { status } = await send(server.url, "/api/facts", { headers: { ...bearer(server), origin } });
      expect([origin, status]).toEqual([origin, 403]);
    }
    expect(
      (await send(server.url, "/api/facts", { headers: { ...bearer(server), origin: server.url } })).status,
    ).toBe(200);
    const site = (value: string) => ({ ...bearer(server), "sec-fetch-site": value });
    expect((await send(server.url, "/api/facts", { headers: site("same-site") })).status).toBe(403);
    expect((await send(server.url, "/api/facts", { headers: site("same-origin") })).status).toBe(200);
    // A link from elsewhere leads to the page, which has no secrets.
    expect((await send(server.url, "/", { headers: site("cross-site") })).status).toBe(200);
  });

  it("listens on no address that other machines can reach", async () => {
    const server = await start();
    const { port } = new URL(server.url);
    const outside = Object.values(networkInterfaces())
      .flat()
      .filter((address) => address?.family === "IPv4" && !address.internal);
    for (const address of outside) {
      await expect(send(`http://${address?.address}:${port}`, "/")).rejects.toMatchObject({
        code: "ECONNREFUSED",
      });
    }
    expect(new URL(server.url).hostname).toBe("127.0.0.1");
  });

  it("sends security headers with every answer", async () => {
    const server = await start();
    for (const path of ["/", "/api/facts", "/missing"]) {
      const { headers } = await send(server.url, path);
      expect(headers["content-security-policy"]).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
      });
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    }
  });

  it("says what is wrong with a request", async () => {
    const server = await start();
    const post = (body: string | Buffer, headers: Record<string, string> = JSON_BODY) =>
      send(server.url, "/api/echo", { method: "POST", headers: { ...bearer(server), ...headers }, body });
    expect((await post('{"a":1}')).json).toEqual({ a: 1 });
    for (const [answer, status, type] of [
      [await post("{"), 400, "malformed"],
      [await post("[]"), 400, "malformed"],
      [await post("{}", { "content-type": "text/plain" }), 415, "unsupportedMediaType"],
      [await post(JSON.stringify({ text: "x".repeat(200) })), 413, "tooLarge"],
      [await send(server.url, "/missing", { headers: bearer(server) }), 404, "notFound"],
      [await send(server.url, "/api/echo", { headers: bearer(server) }), 405, "methodNotAllowed"],
      [await send(server.url, "//[", { headers: bearer(server) }), 404, "notFound"],
    ] as const) {
      expect([answer.status, answer.json.error.type]).toEqual([status, type]);
    }
  });

  it("answers before the whole of a too large body has arrived, whether its length is announced or not", async () => {
    const server = await start();
    const body = Buffer.alloc(8 * 1024 * 1024, 32);
    for (const [name, value] of [
      ["content-length", String(body.length)],
      ["transfer-encoding", "chunked"],
    ] as const) {
      const headers = { ...bearer(server), ...JSON_BODY, [name]: value };
      const { status } = await send(server.url, "/api/echo", { method: "POST", headers, body });
      expect(status).toBe(413);
    }
  });

  it("tells the client about errors that the user can remove, and logs the others", async () => {
    const failures: unknown[] = [];
    const fault = new TypeError("secret");
    const routes: Route[] = [
      {
        method: "GET",
        path: "/api/advice",
        answer: () => {
          throw new CommandError("Choose another folder.");
        },
      },
      {
        method: "GET",
        path: "/api/fault",
        answer: () => {
          throw fault;
        },
      },
    ];
    const server = await start(routes, failures);
    const advice = await send(server.url, "/api/advice", { headers: bearer(server) });
    expect([advice.status, advice.json.error]).toEqual([
      422,
      { type: "failed", message: "Choose another folder." },
    ]);
    const failed = await send(server.url, "/api/fault", { headers: bearer(server) });
    expect([failed.status, failed.text.includes("secret")]).toEqual([500, false]);
    expect(failures).toEqual([fault]);
  });

  it("aborts the work of a client that leaves, but not that of others", async () => {
    const signals: AbortSignal[] = [];
    const slow: Route = {
      method: "GET",
      path: "/api/slow",
      async answer({ signal }) {
        signals.push(signal);
        await once(signal, "abort");
      },
    };
    const server = await start([slow]);
    const controllers = [new AbortController(), new AbortController()] as const;
    const requests = controllers.map(({ signal }) =>
      send(server.url, "/api/slow", { headers: bearer(server), signal }).catch((error: Error) => error.name),
    );
    while (signals.length < 2) await wait(5);
    controllers[0].abort();
    await Promise.race(signals.map((signal) => once(signal, "abort")));
    expect(signals.filter(({ aborted }) => aborted)).toHaveLength(1);
    controllers[1].abort();
    expect(await Promise.all(requests)).toEqual(["AbortError", "AbortError"]);
  });

  it("closes even while streams are open", async () => {
    const stream: Route = {
      method: "GET",
      path: "/api/stream",
      async answer({ response }) {
        response.write("begun");
        await new Promise(() => {});
      },
    };
    const server = await start([stream]);
    const { port } = new URL(server.url);
    const open = await fetch(`http://127.0.0.1:${port}/api/stream`, { headers: bearer(server) });
    await server.close();
    await expect(open.text()).rejects.toThrow();
    await expect(send(server.url, "/")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("throws if the port is in use, and says what to do", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const starting = startLocalServer({ port, routes: [], onFailure: () => {} });
    await expect(starting).rejects.toThrow(`Port ${port} of 127.0.0.1 is in use. Choose another with --port`);
    other.close();
  });
});
