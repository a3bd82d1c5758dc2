import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { SecondpassError } from "@secondpass/core";
import { post, toyReranker, until } from "@secondpass/test-kit";
import type { RerankServer } from "../../src/index.js";
import { HEAD, open, rawRequest, sendRaw } from "../send-raw.js";
import { startServer } from "../start-server.js";

/** Returns a log's text, with its byte arrays decoded. */
function readable(log: string): string {
  const bytes = log.match(/\[(?:\d{1,3},){4,}\d{1,3}\]/g) ?? [];
  return log + bytes.map((list) => Buffer.from(JSON.parse(list)).toString("latin1")).join("\n");
}

describe("the log at the most detailed level", () => {
  const lines: string[] = [];
  let server: RerankServer;
  const model = toyReranker();
  beforeAll(async () => {
    server = await startServer(model, {
      logLevel: "trace",
      logStream: { write: (line) => lines.push(line) },
      limits: { headersMs: 300, bodyMs: 300, bodyBytes: 2000 },
    });
  });
  afterAll(() => server.close({ graceMs: 0 }));

  it("has no text, header or query of a request, whatever its outcome", async () => {
    const headers = { authorization: "Bearer canary-1", "x-api-key": "canary-2", cookie: "canary-3" };
    const postBody = (body: unknown, more = {}) =>
      post(server, body, { path: "/rerank?key=canary-4", headers: { ...headers, ...more } });
    await postBody({ query: "canary-5", texts: ["canary-6"] });
    await postBody({ nothing: "canary-7" });
    await postBody("{ canary-8");
    await postBody({ query: "canary-9", texts: [{ "canary-10": 1 }] });
    await postBody("canary-11", { "content-type": "text/canary-12" });
    await postBody(gzipSync("canary-13").subarray(0, 20), { "content-encoding": "gzip" });
    await postBody({ query: "q", texts: ["canary-14".repeat(1000)] });
    await post(server, {}, { path: "/canary-15?canary-16", headers });
    for (const failure of [
      new TypeError("at canary-17"),
      new Error("canary-18", { cause: new Error("canary-19") }),
    ]) {
      model.before = () => {
        throw failure;
      };
      await postBody({ query: "canary-20", texts: ["canary-21"] });
    }
    model.before = () => {};
    for (const bytes of [
      `${HEAD}authorization: canary-22\r\nno colon\r\n\r\n`,
      `${HEAD}x-a: ${"canary-23".repeat(4000)}\r\n\r\n`,
      `${HEAD}transfer-encoding: chunked\r\n\r\nzz canary-24\r\n`,
      "GET /%zz?canary-25 HTTP/1.1\r\nhost: x\r\n\r\n",
      `${HEAD}x-a: canary-26`,
      `${HEAD}content-length: 500\r\n\r\n{"query": "canary-27`,
    ]) {
      await sendRaw(server, bytes);
    }
    const leaving = open(server);
    leaving.write(rawRequest({ query: "canary-28", texts: ["canary-29"] }));
    leaving.resetAndDestroy();
    await until(() => lines.filter((line) => line.includes('"answered"')).length >= 12);
    expect(readable(lines.join("")).match(/canary-\d+/g)).toBeNull();
  });

  it("describes internal failures, with the messages of Secondpass errors", async () => {
    const before = lines.length;
    model.before = () => {
      throw new SecondpassError("The session of reranker ended.", { cause: new RangeError("canary-30") });
    };
    await post(server, { pairs: [["q", "t"]] });
    model.before = () => {};
    await until(() => lines.slice(before).some((line) => line.includes('"failed"')));
    const line = lines.slice(before).find((each) => each.includes('"failed"')) ?? "{}";
    expect(JSON.parse(line)).toMatchObject({
      level: 50,
      error: {
        name: "SecondpassError",
        message: "The session of reranker ended.",
        cause: { name: "RangeError" },
      },
    });
  });
});
