import { createServer } from "node:net";
import { inspect } from "node:util";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { TextPair } from "@secondpass/core";
import { until } from "@secondpass/test-kit";
import { HttpCrossEncoder, type HttpCrossEncoderOptions, httpProtocols } from "../../src/http/index.js";
import { contentHandlers } from "../../src/sagemaker/index.js";
import { breakConnection, scoreOf, sendJson, sendText, startRerankStandIn } from "./rerank-stand-in.js";

const pairsOf = (count: number): TextPair[] =>
  Array.from({ length: count }, (_, index) => [`query ${"?".repeat(index % 3)}`, "x".repeat(index)]);
const scoresOf = (pairs: readonly TextPair[]) => pairs.map((pair) => scoreOf(...pair));
const PAIRS = pairsOf(1);

describe("splitting", () => {
  it("groups pairs by query, splits by number, and returns scores in the caller's order", async () => {
    await using standIn = await startRerankStandIn();
    const pairs = pairsOf(31);
    expect(await standIn.crossEncoder({ maxPairsPerRequest: 4 }).score(pairs)).toEqual(scoresOf(pairs));
    const sizes = standIn.requests.map(({ body }) => body.texts.length);
    expect(sizes.sort()).toEqual([2, 2, 3, 4, 4, 4, 4, 4, 4]);
  });

  it("splits by UTF-8 bytes: no body is larger than allowed", async () => {
    await using standIn = await startRerankStandIn();
    const pairs = Array.from({ length: 12 }, (_, index): TextPair => ["q", "é😀\n".repeat(index * 4)]);
    const crossEncoder = standIn.crossEncoder({ maxBytesPerRequest: 600 });
    expect(await crossEncoder.score(pairs)).toEqual(scoresOf(pairs));
    const lengths = standIn.requests.map(({ headers }) => Number(headers["content-length"]));
    expect(lengths.length).toBeGreaterThan(1);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(600);
  });

  it("sends nothing for no pairs, nor for a pair that is too large alone", async () => {
    await using standIn = await startRerankStandIn();
    const crossEncoder = standIn.crossEncoder({ maxBytesPerRequest: 100 });
    expect(await crossEncoder.score([])).toEqual([]);
    await expect(crossEncoder.score([["q", "x".repeat(200)]])).rejects.toMatchObject({
      name: "RequestTooLargeError",
      maxBytes: 100,
    });
    expect(standIn.requests).toEqual([]);
  });

  it("splits requests that are too large for the server until they are accepted", async () => {
    await using standIn = await startRerankStandIn("tei", (_number, { texts }) =>
      texts.length > 3
        ? sendJson(413, {
            error: `batch size ${texts.length} > maximum allowed batch size 3`,
            error_type: "Validation",
          })
        : undefined,
    );
    const pairs = pairsOf(20).map(([, text]): TextPair => ["q", text]);
    expect(await standIn.crossEncoder().score(pairs)).toEqual(scoresOf(pairs));
    expect(standIn.requests.map(({ body }) => body.texts.length)).toEqual([
      20, 10, 5, 3, 2, 5, 3, 2, 10, 5, 3, 2, 5, 3, 2,
    ]);
  });

  it("reports that one text is too large if the server does", async () => {
    await using standIn = await startRerankStandIn("tei", () =>
      sendJson(413, { error: "`inputs` must have less than 512 tokens", error_type: "Validation" }),
    );
    await expect(standIn.crossEncoder().score(PAIRS)).rejects.toThrow(
      /\/rerank answered 413: `inputs` must have less than 512 tokens\. .*`maxPairsPerRequest`/,
    );
  });

  it("respects maxConcurrency over all calls of one object", async () => {
    await using standIn = await startRerankStandIn();
    const crossEncoder = standIn.crossEncoder({ maxConcurrency: 2, maxPairsPerRequest: 1 });
    await Promise.all([crossEncoder.score(pairsOf(6)), crossEncoder.score(pairsOf(6))]);
    expect(standIn.peak()).toBe(2);
  });

  it("reports progress up to the end", async () => {
    await using standIn = await startRerankStandIn("tei-predict");
    const seen: number[] = [];
    const crossEncoder = standIn.crossEncoder({ maxConcurrency: 1, maxPairsPerRequest: 4 });
    await crossEncoder.score(pairsOf(10), { onProgress: (done) => seen.push(done) });
    expect(seen).toEqual([4, 8, 10]);
  });

  it("keeps connections alive", async () => {
    await using standIn = await startRerankStandIn();
    const crossEncoder = standIn.crossEncoder({ maxConcurrency: 1, maxPairsPerRequest: 1 });
    await crossEncoder.score(pairsOf(10));
    // fetch may open a second connection just before the first is free again.
    expect(new Set(standIn.requests.map(({ port }) => port)).size).toBeLessThanOrEqual(2);
  });

  it.each([["a text"], [[["q"]]], [[["q", 1]]], [[null]]])("rejects %j as pairs", async (pairs) => {
    const crossEncoder = new HttpCrossEncoder({ url: "http://localhost", protocol: "tei" });
    await expect(crossEncoder.score(pairs as never)).rejects.toMatchObject({ name: "InvalidOptionError" });
  });
});

describe("failures", () => {
  it.each([
    ["500", sendText(500, "")],
    ["502 with a page", sendText(502, "<html><head><title>502 Bad Gateway</title></head></html>")],
    ["503", sendJson(503, { error: "model is loading" })],
    [
      "429",
      sendJson(429, { error: "Model is overloaded", error_type: "Overloaded" }, { "retry-after": "0" }),
    ],
    ["a broken connection", breakConnection],
  ])("are retried after %s", async (_, fault) => {
    await using standIn = await startRerankStandIn("tei", (number) => (number === 0 ? fault : undefined));
    expect(await standIn.crossEncoder().score(PAIRS)).toEqual(scoresOf(PAIRS));
    expect(standIn.requests).toHaveLength(2);
  });

  it("are retried after a response that breaks off, and after one that is cut off", async () => {
    await using standIn = await startRerankStandIn("tei", (number) => {
      if (number === 0) {
        return (_request, response) => {
          response.writeHead(200, { "content-length": "100" }).write("[{", () => response.destroy());
        };
      }
      return number === 1 ? sendText(200, '[{"index": 0, "sco') : undefined;
    });
    expect(await standIn.crossEncoder().score(PAIRS)).toEqual(scoresOf(PAIRS));
    expect(standIn.requests).toHaveLength(3);
  });

  it("are final without retries, also responses that are cut off", async () => {
    await using standIn = await startRerankStandIn("tei", (number) =>
      number === 0 ? sendText(200, "[") : sendText(500, ""),
    );
    const crossEncoder = standIn.crossEncoder({ maxRetries: 0 });
    await expect(crossEncoder.score(PAIRS)).rejects.toMatchObject({ name: "HttpResponseError" });
    await expect(crossEncoder.score(PAIRS)).rejects.toMatchObject({ status: 500, attempts: 1 });
    expect(standIn.requests).toHaveLength(2);
  });

  it("report how far a response came", async () => {
    await using standIn = await startRerankStandIn("tei", () =>
      sendText(200, "not compressed", { "content-encoding": "gzip" }),
    );
    await expect(standIn.crossEncoder({ maxRetries: 0 }).score(PAIRS)).rejects.toThrow(
      /answered 200, but not to the end \(\w+\): /,
    );
  });

  it.each([400, 401, 404, 422, 424, 501])("are final for %d", async (status) => {
    await using standIn = await startRerankStandIn("tei", () => sendJson(status, { message: "no" }));
    await expect(standIn.crossEncoder().score(PAIRS)).rejects.toMatchObject({
      name: "HttpEndpointError",
      status,
      serverMessage: "no",
      attempts: 1,
    });
    expect(standIn.requests).toHaveLength(1);
  });

  it("end after maxRetries, with all details", async () => {
    await using standIn = await startRerankStandIn("tei", () =>
      sendJson(503, { detail: "Try later." }, { "retry-after": "0", "x-request-id": "id-7" }),
    );
    await expect(standIn.crossEncoder({ maxRetries: 1 }).score(PAIRS)).rejects.toMatchObject({
      name: "HttpEndpointError",
      status: 503,
      attempts: 2,
      requestId: "id-7",
      retryAfterMs: 0,
      url: `${standIn.url}/rerank`,
      message: `${standIn.url}/rerank answered 503 after 2 attempts: Try later. Request id: id-7.`,
    });
  });

  it("wait for the server's Retry-After, in seconds or as a date", async () => {
    await using standIn = await startRerankStandIn("tei", (number) => {
      if (number === 2) return undefined;
      const past = "Sun, 06 Nov 1994 08:49:37 GMT";
      return sendText(429, "", { "retry-after": number === 0 ? "0.3" : past });
    });
    const started = performance.now();
    await standIn.crossEncoder().score(PAIRS);
    expect(performance.now() - started).toBeGreaterThanOrEqual(290);
    expect(standIn.requests).toHaveLength(3);
  });

  it("do not wait longer than maxRetryAfterMs, nor beyond the time for the request", async () => {
    await using standIn = await startRerankStandIn("tei", () => sendText(429, "", { "retry-after": "20" }));
    const limits: Partial<HttpCrossEncoderOptions>[] = [{ maxRetryAfterMs: 19_000 }, { timeoutMs: 19_000 }];
    for (const limit of limits) {
      await expect(standIn.crossEncoder(limit).score(PAIRS)).rejects.toMatchObject({
        status: 429,
        attempts: 1,
        retryAfterMs: 20_000,
        message: expect.stringContaining("Call again in 20 s."),
      });
    }
  });

  it("name the network's reason", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const crossEncoder = new HttpCrossEncoder({
      url: `http://127.0.0.1:${port}`,
      protocol: "jina",
      maxRetries: 0,
    });
    await expect(crossEncoder.score(PAIRS)).rejects.toMatchObject({
      name: "HttpEndpointError",
      code: "ECONNREFUSED",
      status: undefined,
      message: expect.stringContaining(
        `/v1/rerank could not be reached (ECONNREFUSED): connect ECONNREFUSED`,
      ),
    });
  });

  it("end the whole call and its other requests", async () => {
    let closed = 0;
    await using standIn = await startRerankStandIn("tei", (_number, { texts }) =>
      texts[0] === "x"
        ? sendJson(400, { error: "no" })
        : (request) => void request.socket.once("close", () => ++closed),
    );
    const crossEncoder = standIn.crossEncoder({ maxPairsPerRequest: 1 });
    await expect(crossEncoder.score(pairsOf(3))).rejects.toMatchObject({ status: 400 });
    await until(() => closed === 2);
  });

  it("do not follow redirects, which would send the texts elsewhere", async () => {
    await using elsewhere = await startRerankStandIn();
    await using standIn = await startRerankStandIn("tei", () =>
      sendText(307, "", { location: `${elsewhere.url}/rerank` }),
    );
    await expect(standIn.crossEncoder().score(PAIRS)).rejects.toThrow(
      `answered 307: ${elsewhere.url}/rerank. Give the address that it redirects to as \`url\``,
    );
    expect(elsewhere.requests).toEqual([]);
  });
});

describe("invalid responses", () => {
  const entry = (index: unknown, score: unknown) => ({ index, score });
  const two = pairsOf(2).map(([, text]): TextPair => ["q", text]);
  it.each<[string, unknown, string]>([
    [
      "a missing index",
      [entry(1, 0.5)],
      'an entry for every "index" from 0 to 1, got none for 0 in [{"index":1',
    ],
    [
      "an index twice",
      [entry(1, 0.5), entry(1, 0.4)],
      'got a second entry of index 1: {"index":1,"score":0.4} in',
    ],
    ["an index out of range", [entry(0, 0.5), entry(2, 0.4)], 'got {"index":2,"score":0.4} in'],
    ["a negative index", [entry(0, 0.5), entry(-1, 0.4)], 'got {"index":-1'],
    ["an index that is a text", [entry("0", 0.5)], 'got {"index":"0"'],
    ["no index", [{ score: 0.5 }], 'got {"score":0.5}'],
    ["a score that is a text", [entry(0, "0.5")], 'got {"index":0,"score":"0.5"}'],
    ["no score", [entry(0, null)], 'got {"index":0,"score":null}'],
    ["an object", { results: [] }, 'Expected a list of {index, score}, got {"results":[]}'],
    ["an entry that is not an object", [1], "got 1 in [1]"],
  ])("%s", async (_, answer, message) => {
    await using standIn = await startRerankStandIn("tei", () => sendJson(200, answer));
    await expect(standIn.crossEncoder().score(two)).rejects.toMatchObject({
      name: "HttpResponseError",
      pairs: 2,
      message: expect.stringContaining(message),
    });
    expect(standIn.requests).toHaveLength(1);
  });

  it.each([
    ["NaN", '[{"index": 0, "score": NaN}]', 'Expected JSON, got [{"index": 0, "score": NaN}]'],
    [
      "a number that is too large",
      '[{"index": 0, "score": 1e999}]',
      "Expected finite scores, got Infinity for pair 0",
    ],
    ["a page", "<html>Welcome</html>", "Expected JSON, got <html>Welcome</html>"],
    ["nothing", "", "Expected JSON, got an empty body"],
    ["much", `"${"x".repeat(2_000)}"`, "… (2000 characters)"],
  ])("%s", async (_, text, message) => {
    await using standIn = await startRerankStandIn("tei", () => sendText(200, text));
    await expect(standIn.crossEncoder().score(PAIRS)).rejects.toThrow(message);
  });

  it("that are endless are not read completely", async () => {
    let closed = false;
    await using standIn = await startRerankStandIn("tei", () => (_request, response) => {
      response.once("close", () => {
        closed = true;
      });
      const more = () => {
        while (!closed && response.write("1,".repeat(10_000)));
        response.once("drain", more);
      };
      response.write("[");
      more();
    });
    await expect(standIn.crossEncoder().score(PAIRS)).rejects.toThrow(
      /answered 200: with more than \d+ bytes/,
    );
    await until(() => closed);
  });
});

describe("time and abort", () => {
  it("a request that takes too long throws HttpTimeoutError, and its connection is closed", async () => {
    let closed = false;
    await using standIn = await startRerankStandIn("tei", () => (request) => {
      request.socket.once("close", () => {
        closed = true;
      });
    });
    await expect(standIn.crossEncoder({ timeoutMs: 100 }).score(PAIRS)).rejects.toMatchObject({
      name: "HttpTimeoutError",
      timeoutMs: 100,
      message: expect.stringContaining("no answer to a request of 1 pairs within 100 ms"),
    });
    await until(() => closed);
  });

  it.each([
    ["before the answer", false],
    ["in the middle of the answer", true],
  ])("an abort %s closes the connection", async (_, begins) => {
    let closed = false;
    let came = false;
    await using standIn = await startRerankStandIn("tei", () => (request, response) => {
      request.socket.once("close", () => {
        closed = true;
      });
      if (begins) response.writeHead(200).write("[{");
      came = true;
    });
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    const call = standIn.crossEncoder().score(PAIRS, { signal: controller.signal });
    const failed = expect(call).rejects.toBe(reason);
    await until(() => came);
    controller.abort(reason);
    await failed;
    await until(() => closed);
  });

  it("an abort ends the wait for another attempt", async () => {
    await using standIn = await startRerankStandIn("tei", () => sendText(503, "", { "retry-after": "25" }));
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    const failed = expect(standIn.crossEncoder().score(PAIRS, { signal: controller.signal })).rejects.toBe(
      reason,
    );
    await until(() => standIn.requests.length === 1);
    controller.abort(reason);
    await failed;
  });

  it("an abort ends the wait for another call", async () => {
    await using standIn = await startRerankStandIn("tei", () => () => {});
    const crossEncoder = standIn.crossEncoder({ maxConcurrency: 1 });
    const first = new AbortController();
    const second = new AbortController();
    const ended = crossEncoder.score(PAIRS, { signal: first.signal }).catch((reason: unknown) => reason);
    await until(() => standIn.requests.length === 1);
    const waiting = expect(crossEncoder.score(PAIRS, { signal: second.signal })).rejects.toBe("second");
    second.abort("second");
    await waiting;
    first.abort("first");
    expect(await ended).toBe("first");
    expect(standIn.requests).toHaveLength(1);
  });
});

describe("options", () => {
  const environment = { ...process.env };
  afterEach(() => {
    process.env = { ...environment };
  });
  const local = { url: "http://localhost:8080", protocol: "tei" } as const;

  it.each<[string, unknown, string]>([
    ["protocol", "cohera", 'Did you mean "cohere"?'],
    ["protocol", undefined, "Expected `protocol` to be one of"],
    ["url", undefined, "Expected `url` to be an absolute address"],
    ["model", "", "Expected `model`"],
    ["path", 1, "Expected `path`"],
    ["apiKey", "", "Expected `apiKey` to be a text of visible ASCII characters"],
    ["apiKey", "sk-ü", "a value that is not shown here"],
    ["headers", { "a b": "c" }, "header names"],
    ["headers", { a: "c\nd" }, 'Expected `headers["a"]`'],
    ["headers", { a: undefined }, 'Expected `headers["a"]`'],
    ["modelKwargs", "top_n", "Expected `modelKwargs` to be an object of fields"],
    ["modelKwargs", [1], "Expected `modelKwargs` to be an object of fields"],
    ["protocol", {}, "Expected `protocol` to be a name, or an object with path"],
    ["protocol", contentHandlers.cohere(), "Expected `protocol` to be a name, or an object with path"],
    ["rawScores", "true", "Expected `rawScores` to be true or false"],
    ["maxConcurrency", 0, "Expected `maxConcurrency` to be a positive integer, got 0."],
    ["maxPairsPerRequest", 1.5, "Expected `maxPairsPerRequest` to be a positive integer, got 1.5."],
    ["maxBytesPerRequest", Number.NaN, "Expected `maxBytesPerRequest` to be a positive integer, got NaN."],
    ["timeoutMs", -1, "Expected `timeoutMs` to be a positive integer, got -1."],
    ["maxRetries", -1, "Expected `maxRetries` to be an integer of at least 0, got -1."],
    ["maxRetryAfterMs", "1", "Expected `maxRetryAfterMs` to be an integer of at least 0"],
    ["fetch", {}, "Expected `fetch` to be a function"],
    ["top_n", 3, "HttpCrossEncoder has no option `top_n`"],
  ])("%s = %j throws", (option, value, message) => {
    const options = { ...local, [option]: value } as HttpCrossEncoderOptions;
    expect(() => new HttpCrossEncoder(options)).toThrow(message);
  });

  it("rawScores throws for protocols without raw scores", () => {
    expect(() => new HttpCrossEncoder({ ...local, protocol: "cohere", rawScores: true })).toThrow(
      'Expected `rawScores` to be left out for protocol "cohere"',
    );
  });

  it("a key together with an authorization header throws", () => {
    const headers = { Authorization: "Basic abc" };
    expect(() => new HttpCrossEncoder({ ...local, apiKey: "key", headers })).toThrow("Expected `apiKey`");
  });

  it("accept a custom protocol with a custom path, headers and a key that changes", async () => {
    await using standIn = await startRerankStandIn("jina");
    let number = 0;
    const crossEncoder = standIn.crossEncoder({
      protocol: { ...httpProtocols.jina(), path: "/api/ranking", maxPairsPerRequest: 1 },
      url: `${standIn.url}?version=2`,
      apiKey: async () => `key-${number++}`,
      headers: { "X-Team": "search" },
      maxConcurrency: 1,
    });
    await crossEncoder.score(pairsOf(2));
    expect(
      standIn.requests.map(({ path, headers }) => [path, headers.authorization, headers["x-team"]]),
    ).toEqual([
      ["/api/ranking?version=2", "Bearer key-0", "search"],
      ["/api/ranking?version=2", "Bearer key-1", "search"],
    ]);
  });

  it("accept a content handler of SageMaker with a path, and a platform Headers object", async () => {
    await using standIn = await startRerankStandIn("cohere");
    const crossEncoder = standIn.crossEncoder({
      protocol: contentHandlers.cohere() as HttpCrossEncoderOptions["protocol"],
      path: "/invocations",
      headers: new Headers({ "X-Team": "search" }),
    });
    expect(await crossEncoder.score(PAIRS)).toEqual(scoresOf(PAIRS));
    expect(standIn.requests).toMatchObject([{ path: "/invocations", headers: { "x-team": "search" } }]);
  });

  it("accept a custom fetch", async () => {
    const urls: string[] = [];
    const crossEncoder = new HttpCrossEncoder({
      url: "https://reranker.internal",
      protocol: "tei",
      fetch: async (url, { body, method }) => {
        urls.push(`${method} ${url} ${new TextDecoder().decode(body as Uint8Array)}`);
        return new Response('[{"index":0,"score":0.5}]');
      },
    });
    expect(await crossEncoder.score([["q", "t"]])).toEqual([0.5]);
    expect(urls).toEqual([
      'POST https://reranker.internal/rerank {"raw_scores":false,"truncate":true,"query":"q","texts":["t"]}',
    ]);
  });

  it.each([
    ["https://api.cohere.com", "COHERE_API_KEY", "Bearer from-environment"],
    ["https://api.cohere.com/v2", "CO_API_KEY", "Bearer from-environment"],
    ["https://api.jina.ai/v1/rerank", "JINA_API_KEY", "Bearer from-environment"],
    ["https://api.voyageai.com/v1", "VOYAGE_API_KEY", "Bearer from-environment"],
    ["https://api.mixedbread.com", "MXBAI_API_KEY", "Bearer from-environment"],
    ["https://api.cohere.com.evil.example", "COHERE_API_KEY", undefined],
    ["http://api.cohere.com", "COHERE_API_KEY", undefined],
    ["http://localhost:8080", "COHERE_API_KEY", undefined],
  ])("for %s use the key in %s", async (url, variable, authorization) => {
    process.env = { [variable]: "from-environment" };
    const sent: unknown[] = [];
    const crossEncoder = new HttpCrossEncoder({
      url,
      protocol: "tei",
      fetch: async (_url, { headers }) => {
        sent.push((headers as Record<string, string>).authorization);
        return new Response('[{"index":0,"score":0.5}]');
      },
    });
    await crossEncoder.score([["q", "t"]]);
    expect(sent).toEqual([authorization]);
  });

  it("keep keys out of serialised forms, inspection and errors", async () => {
    const leaks = ["sk-leak-of-a-key", "leak-in-a-header", "leak-in-the-query"];
    await using standIn = await startRerankStandIn("tei", () =>
      sendJson(401, { error: `Incorrect API key provided: ${leaks.join(" or ")}.` }),
    );
    const crossEncoder = standIn.crossEncoder({
      url: `${standIn.url}/v1?key=${leaks[2]}`,
      apiKey: leaks[0] as string,
      headers: { "x-api-key": leaks[1] as string },
    });
    const error = await crossEncoder.score(PAIRS).catch((reason: unknown) => reason);
    const everything = [
      JSON.stringify(crossEncoder),
      inspect(crossEncoder, { depth: 20, showHidden: true }),
      String(error),
      JSON.stringify(error),
      inspect(error, { depth: 20 }),
    ].join("\n");
    expect(everything).toContain(
      "Incorrect API key provided: [hidden] or [hidden] or [hidden]. Check `apiKey`.",
    );
    for (const leak of leaks) expect(everything).not.toContain(leak);
  });

  it.each<[string, HttpCrossEncoderOptions["fetch"]]>([
    ["a successful response", async () => new Response('{"detail": "wrong key sk-leak"}')],
    ["a successful page", async () => new Response("wrong key sk-leak")],
    ["a fetch that throws", () => Promise.reject(new TypeError('"Bearer sk-leak" is not a header'))],
    ["an id", async () => new Response("", { status: 400, headers: { "x-request-id": "sk-leak" } })],
    ["the status' name", async () => new Response("", { status: 401, statusText: "sk-leak" })],
  ])("keep keys out of errors of %s", async (_, fetch) => {
    for (const apiKey of ["sk-leak", async () => "sk-leak"]) {
      const crossEncoder = new HttpCrossEncoder({ ...local, apiKey, fetch, maxRetries: 0 });
      const error = await crossEncoder.score(PAIRS).catch((reason: unknown) => reason);
      expect(inspect(error, { depth: 20 })).toContain("[hidden]");
      expect(inspect(error, { depth: 20 })).not.toContain("sk-leak");
    }
  });
});
