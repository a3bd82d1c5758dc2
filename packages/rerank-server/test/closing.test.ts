import { once } from "node:events";
import { describe, expect, it } from "@jest/globals";
import { gate, post, type ToyReranker, toyReranker, until } from "@secondpass/test-kit";
import { expectedError } from "./expected-error.js";
import { metric } from "./metric.js";
import { HEAD, open, rawRequest } from "./send-raw.js";
import { startServer } from "./start-server.js";

const BODY = { query: "q", texts: ["text"] };

describe("closing", () => {
  it("answers running requests, ends idle and half-sent ones, and accepts no more", async () => {
    const model = toyReranker();
    const { open: openGate } = gate(model);
    const server = await startServer(model);
    const idle = open(server);
    const halfSent = open(server);
    let heard = "";
    halfSent.on("data", (chunk) => {
      heard += chunk;
    });
    halfSent.write(`${HEAD}content-length: 1000\r\n\r\n{`);
    const underWay = post(server, BODY, { path: "/rerank" });
    await until(() => model.batches.length === 1);
    const closed = server.close();
    await until(() => heard.includes("503"));
    expect(heard).toMatch(/retry-after: \d+/i);
    openGate();
    expect((await underWay).status).toBe(200);
    await closed;
    await Promise.all([idle, halfSent].map((socket) => socket.destroyed || once(socket, "close")));
    await expect(post(server, BODY, { path: "/rerank" })).rejects.toThrow();
  });

  it("answers 503 to requests that outlast the grace period", async () => {
    const model = toyReranker();
    const { open: openGate } = gate(model);
    let disposed = false;
    model.dispose = async () => {
      disposed = true;
    };
    const server = await startServer(model);
    const underWay = Array.from({ length: 3 }, () => post(server, BODY, { path: "/rerank" }));
    await until(async () => (await metric(server, "rerank_admitted_requests")) === 3);
    await server.close({ graceMs: 50 });
    for (const { status, body } of await Promise.all(underWay)) {
      expect([status, body]).toEqual([
        503,
        expectedError("The server is stopping. Try again later.", "unavailable"),
      ]);
    }
    expect(disposed).toBe(true);
    openGate();
  });

  it("ends the grace period when it is called again", async () => {
    const model = toyReranker();
    gate(model);
    const server = await startServer(model);
    const underWay = post(server, BODY, { path: "/rerank" });
    await until(() => model.batches.length === 1);
    const first = server.close({ graceMs: 60_000 });
    await server.close({ graceMs: 0 });
    await first;
    expect((await underWay).status).toBe(503);
  });

  it("rejects a request on an open connection, and ends the connection", async () => {
    const model = toyReranker();
    const { open: openGate } = gate(model);
    const server = await startServer(model);
    const socket = open(server);
    let heard = "";
    socket.on("data", (chunk) => {
      heard += chunk;
    });
    // Two requests on one connection: the second comes while the server is closing.
    socket.write(rawRequest(BODY));
    await until(() => model.batches.length === 1);
    const closed = server.close();
    socket.write(rawRequest(BODY));
    openGate();
    await closed;
    await until(() => socket.destroyed);
    expect([...heard.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)[0]).toBe("200");
    expect(model.batches).toEqual([1]);
  });

  it("does not wait for a client that does not read its answer", async () => {
    const server = await startServer(toyReranker(), { limits: { bodyBytes: 50_000_000 } });
    const socket = open(server);
    socket.pause();
    socket.write(rawRequest({ query: "q", texts: ["x".repeat(20_000_000)], return_text: true }));
    await until(async () => (await metric(server, "rerank_transfer_bytes")) > 10_000_000);
    await server.close({ graceMs: 100 });
    socket.destroy();
  });

  it("rejects `ready` if it closes while the model loads, and aborts the loading", async () => {
    let signal: AbortSignal | undefined;
    const server = await startServer((given) => {
      signal = given;
      return new Promise((_, reject) => given.addEventListener("abort", () => reject(given.reason)));
    });
    await server.close();
    expect(signal?.aborted).toBe(true);
    await expect(server.ready).rejects.toThrow("The server is closing.");
  });

  it("does not wait for a loader that continues loading, and frees its model once it is loaded", async () => {
    let deliver = (_model: ToyReranker) => {};
    const loading = new Promise<ToyReranker>((resolve) => {
      deliver = resolve;
    });
    const server = await startServer(() => loading);
    await server.close();
    await expect(server.ready).rejects.toThrow("The server is closing.");
    const model = toyReranker();
    const disposed = new Promise<void>((resolve) => {
      model.dispose = async () => resolve();
    });
    deliver(model);
    await disposed;
  });
});
