import type { Socket } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { gate, post, toyReranker, until } from "@secondpass/test-kit";
import type { RerankServer, RerankServerOptions } from "../../src/index.js";
import { metric } from "../metric.js";
import { HEAD, open, rawRequest } from "../send-raw.js";
import { startServer } from "../start-server.js";

const servers: RerankServer[] = [];
const sockets: Socket[] = [];
async function start(limits: RerankServerOptions["limits"], model = toyReranker()) {
  const server = await startServer(model, { limits });
  servers.push(server);
  return server;
}
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => server.close({ graceMs: 0 })));
});

/** Opens a connection that sends some bytes and then stalls. Returns what it receives. */
function stalled(server: RerankServer, words: string) {
  const socket = open(server);
  const heard = { text: "", ended: false };
  socket.on("data", (chunk) => {
    heard.text += chunk;
  });
  socket.on("close", () => {
    heard.ended = true;
  });
  socket.write(words);
  sockets.push(socket);
  return heard;
}

const isServed = async (server: RerankServer) =>
  (await post(server, { query: "q", texts: ["text"] }, { path: "/rerank" })).status === 200;

/** Stages at which a client can stop, with the bytes sent before. */
const STAGES: readonly [string, string][] = [
  ["before the first byte", ""],
  ["in its headers", HEAD],
  ["before its body", `${HEAD}content-length: 1000\r\n\r\n`],
  ["in its body", `${HEAD}content-length: 1000\r\n\r\n{`],
  ["in a chunk", `${HEAD}transfer-encoding: chunked\r\n\r\n100\r\n{`],
];

describe("a client that stops", () => {
  it.each(STAGES.slice(1))(
    "%s gets 408 in the end, and others are served meanwhile",
    async (_name, words) => {
      const server = await start({ headersMs: 300, bodyMs: 300 });
      const heard = stalled(server, words);
      expect(await isServed(server)).toBe(true);
      await until(() => heard.ended);
      expect(heard.text).toContain("HTTP/1.1 408 Request Timeout");
      expect(heard.text).toContain('"error_type":"timeout"');
    },
  );

  it("before the first byte is idle: a late request is served, and without one it is closed without an answer", async () => {
    const server = await start({ headersMs: 300, idleMs: 3000 });
    const late = open(server);
    sockets.push(late);
    const heard = stalled(server, "");
    let answer = "";
    late.on("data", (chunk) => {
      answer += chunk;
    });
    await new Promise((resolve) => setTimeout(resolve, 2000));
    late.write(rawRequest({ query: "q", texts: ["text"] }));
    await until(() => answer !== "");
    expect(answer).toContain("HTTP/1.1 200 OK");
    await until(() => heard.ended);
    expect(heard.text).toBe("");
  });

  it("is served if its request came while the server was busy", async () => {
    const server = await start({ headersMs: 300 });
    const socket = open(server);
    sockets.push(socket);
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.write(HEAD);
    await new Promise((resolve) => setTimeout(resolve, 100));
    // The rest is sent while the server reads nothing, for longer than the headers may take.
    const body = JSON.stringify({ query: "q", texts: ["text"] });
    socket.write(`content-length: ${body.length}\r\n\r\n${body}`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
    await until(() => answer !== "");
    expect(answer).toContain("HTTP/1.1 200 OK");
  });

  it("takes no room from admitted requests, even if many stop", async () => {
    const server = await start({ concurrentRequests: 1, inflightBytes: 10_000 });
    for (let i = 0; i < 40; i++) {
      for (const [, words] of STAGES) stalled(server, words.replace("1000", "9000"));
    }
    for (let i = 0; i < 10; i++) expect(await isServed(server)).toBe(true);
  });

  it("loses its connection to a well-behaved client if the number of connections is at its limit", async () => {
    const server = await start({ connections: 20 });
    const heard = Array.from({ length: 100 }, (_, i) =>
      stalled(server, STAGES[i % STAGES.length]?.[1] ?? ""),
    );
    await until(() => heard.filter(({ ended }) => ended).length >= 80);
    expect(await isServed(server)).toBe(true);
  });

  it("does not cost the connection of a request that is being computed", async () => {
    const model = toyReranker();
    const { open: openGate } = gate(model);
    const server = await start({ connections: 4 }, model);
    const answer = post(server, { query: "q", texts: ["text"] }, { path: "/rerank" });
    await until(() => model.batches.length === 1);
    const heard = Array.from({ length: 40 }, () => stalled(server, ""));
    await until(() => heard.filter(({ ended }) => ended).length >= 36);
    openGate();
    expect((await answer).status).toBe(200);
  });

  it("loses its own body if all bodies together hold too many bytes", async () => {
    const server = await start({ inflightBytes: 100_000 });
    const heard = stalled(server, `${HEAD}content-length: 99999\r\n\r\n{${" ".repeat(90_000)}`);
    await until(async () => (await metric(server, "rerank_transfer_bytes")) > 80_000);
    expect(
      (await post(server, { query: "q", texts: ["x".repeat(50_000)] }, { path: "/rerank" })).status,
    ).toBe(200);
    await until(() => heard.text.includes("429"));
  });

  it("that does not read its answer loses its connection", async () => {
    const server = await start({ bodyMs: 500, bodyBytes: 50_000_000 });
    const heard = open(server);
    sockets.push(heard);
    let closed = false;
    heard.on("close", () => {
      closed = true;
    });
    heard.pause();
    heard.write(rawRequest({ query: "q", texts: ["x".repeat(20_000_000)], return_text: true }));
    await until(async () => (await metric(server, "rerank_transfer_bytes")) > 10_000_000);
    await until(async () => (await metric(server, "rerank_transfer_bytes")) < 1_000_000);
    expect(await metric(server, "rerank_admitted_requests")).toBe(0);
    heard.resume();
    await until(() => closed);
  });
});
