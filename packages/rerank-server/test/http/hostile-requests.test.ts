import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { post, toyReranker } from "@secondpass/test-kit";
import type { RerankServer } from "../../src/index.js";
import { expectedError } from "../expected-error.js";
import { HEAD, rawRequest, sendRaw } from "../send-raw.js";
import { startServer } from "../start-server.js";

const BODY = { query: "q", texts: ["text"] };
const LIMIT = 10_000;

let server: RerankServer;
beforeAll(async () => {
  server = await startServer(toyReranker(), { limits: { bodyBytes: LIMIT } });
});
afterAll(() => server.close({ graceMs: 0 }));

const body = (text: string) => `content-length: ${text.length}\r\n\r\n${text}`;

describe("requests that no client should send", () => {
  it.each<[string, string, number]>([
    [
      "both a length and chunks",
      `${HEAD}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ["two lengths", `${HEAD}content-length: 4\r\ncontent-length: 5\r\n\r\nabcd`, 400],
    [
      "chunks that are not the last coding",
      `${HEAD}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ["a coding besides chunks", `${HEAD}transfer-encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`, 415],
    ["a chunk of no size", `${HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n`, 400],
    ["a second chunk of no size", `${HEAD}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\n`, 400],
    [
      "chunks that exceed the limit",
      `${HEAD}transfer-encoding: chunked\r\n\r\n4000\r\n${" ".repeat(0x4000)}`,
      413,
    ],
    ["an invalid length", `${HEAD}content-length: many\r\n\r\n`, 400],
    ["a header without a colon", `${HEAD}no colon\r\n\r\n`, 400],
    ["an unknown method", "FOO /rerank HTTP/1.1\r\nhost: x\r\n\r\n", 400],
    ["TLS", "\x16\x03\x01\x02\x00\x01\x00\x01", 400],
    ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
    ["headers that are too long", `${HEAD}x-a: ${"a".repeat(20_000)}\r\n\r\n`, 431],
    ["a path that is not a URL", "GET /%zz HTTP/1.1\r\nhost: x\r\n\r\n", 400],
    ["a body of 900 MB that never comes", `${HEAD}content-length: 900000000\r\n\r\n`, 413],
    [
      "the same, with Expect: 100-continue",
      `${HEAD}expect: 100-continue\r\ncontent-length: 900000000\r\n\r\n`,
      413,
    ],
    ["no body", `${HEAD}content-length: 0\r\n\r\n`, 400],
    [
      "an invalid content type",
      `POST /rerank HTTP/1.1\r\nhost: x\r\ncontent-type: ;;;\r\n${body("{}")}`,
      415,
    ],
    ["no content type", `POST /rerank HTTP/1.1\r\nhost: x\r\n${body("{}")}`, 415],
    ["brackets ten thousand deep", rawRequest("[".repeat(9_999)), 400],
    ["half a string", rawRequest('{"query": "q'), 400],
    ["a key of JavaScript's objects", rawRequest('{"__proto__": {"query": "q", "texts": []}}'), 422],
  ])("%s: a typed error, and the next client is served", async (_name, bytes, status) => {
    const answer = await sendRaw(server, bytes);
    expect(answer.statuses).toEqual([status]);
    expect(answer.text).toMatch(/"error_type":"\w+"/);
    expect((await post(server, BODY, { path: "/rerank" })).status).toBe(200);
  });

  it("does not read requests from the rest of a rejected body", async () => {
    const { statuses } = await sendRaw(
      server,
      `${HEAD}content-length: 900000000\r\n\r\n${rawRequest(BODY).repeat(3)}`,
    );
    expect(statuses).toEqual([413]);
  });
});

describe("requests that are unusual but valid", () => {
  it.each<[string, string]>([
    ["HTTP/1.0", rawRequest(BODY).replace("HTTP/1.1", "HTTP/1.0")],
    ["an absolute address", rawRequest(BODY).replace("/rerank", "http://elsewhere/rerank")],
    ["a query string and a slash", rawRequest(BODY).replace("/rerank", "/rerank/?key=value")],
    [
      "an upgrade that the server does not offer",
      rawRequest(BODY, "connection: upgrade\r\nupgrade: websocket\r\n"),
    ],
    [
      "a duplicate key, of which the last one counts",
      rawRequest('{"query": 1, "query": "q", "texts": ["text"]}'),
    ],
    ["unknown fields", rawRequest({ ...BODY, constructor: 1, model: "any" })],
    [
      "a chunked body",
      `${HEAD}transfer-encoding: chunked\r\n\r\n${JSON.stringify(BODY).length.toString(16)}\r\n${JSON.stringify(BODY)}\r\n0\r\n\r\n`,
    ],
  ])("%s is answered", async (_name, bytes) => {
    expect((await sendRaw(server, bytes)).statuses).toEqual([200]);
  });

  it("answers pipelined requests in their order", async () => {
    const { text, statuses } = await sendRaw(
      server,
      ["a", "b", "c"].map((text) => rawRequest({ query: "q", texts: [text], return_text: true })).join(""),
      { answers: 3 },
    );
    expect(statuses).toEqual([200, 200, 200]);
    expect([...text.matchAll(/"text":"(.)"/g)].map(([, letter]) => letter)).toEqual(["a", "b", "c"]);
  });

  it.each<[string, string, number[]]>([
    ["a request", rawRequest(BODY), [200, 400]],
    ["several", `GET /ping HTTP/1.1\r\nhost: x\r\n\r\n${rawRequest(BODY)}`, [200, 200, 400]],
  ])("answers %s before the invalid bytes after it", async (_name, bytes, expected) => {
    const answer = await sendRaw(server, `${bytes}GARBAGE\r\n\r\n`, { answers: 10 });
    expect(answer).toMatchObject({ statuses: expected, ended: true });
  });

  it("sends 100 Continue to a client that waits for it, and answers", async () => {
    const text = await new Promise<string>((resolve) => {
      const headers = { "content-type": "application/json", expect: "100-continue" };
      const { port } = new URL(server.url);
      const sent = httpRequest({ port, method: "POST", path: "/rerank", headers }, (response) => {
        response.setEncoding("utf8").on("data", resolve);
      });
      sent.on("continue", () => sent.end(JSON.stringify(BODY)));
      sent.flushHeaders();
    });
    expect(text).toContain('"score"');
  });
});

describe("a body above the limit", () => {
  it.each(["with a length", "in chunks"])("%s gets its 413 while the client still sends", async (kind) => {
    const bytes = Buffer.alloc(30_000_000, " ");
    const answer = await new Promise<{ status?: number | undefined; text: string }>((resolve, reject) => {
      const { port } = new URL(server.url);
      const headers = {
        "content-type": "application/json",
        ...(kind === "with a length" && { "content-length": bytes.length }),
      };
      const sent = httpRequest({ port, method: "POST", path: "/rerank", headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (piece) => {
          text += piece;
        });
        response.on("end", () => resolve({ status: response.statusCode, text }));
      });
      sent.on("error", reject);
      sent.write(bytes);
      sent.end();
    });
    expect(answer).toEqual({
      status: 413,
      text: JSON.stringify(expectedError("Expected a body of at most 10000 bytes.", "tooLarge")),
    });
  });
});
