import { afterEach, describe, expect, it } from "@jest/globals";
import { gate, post, type ToyReranker, toyLogit, toyReranker, until } from "@secondpass/test-kit";
import type { RerankServer } from "../src/index.js";
import { expectedError } from "./expected-error.js";
import { startServer } from "./start-server.js";

const running: RerankServer[] = [];
const start = async (...args: Parameters<typeof startServer>) => {
  const server = await startServer(...args);
  running.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

const ONE_PAIR = { pairs: [["query", "text"]] };

const metric = async (server: RerankServer, name: string): Promise<number> => {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${name} `))
      ?.split(" ")[1],
  );
};

describe("health", () => {
  it("is 503 until the model is loaded, and so are requests, which may be repeated", async () => {
    let loaded = (_model: ToyReranker) => {};
    const server = await start(() => new Promise((resolve) => (loaded = resolve)));
    expect((await fetch(`${server.url}/ping`)).status).toBe(503);
    const rejected = await fetch(`${server.url}/invocations`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(ONE_PAIR),
    });
    expect([rejected.status, rejected.headers.get("retry-after")]).toEqual([503, "1"]);
    loaded(toyReranker());
    await server.ready;
    expect((await fetch(`${server.url}/ping`)).status).toBe(200);
    expect((await post(server, ONE_PAIR)).status).toBe(200);
  });

  it("turns to 503 when the model fails three times in a row, and back when it works again", async () => {
    const model = toyReranker();
    const server = await start(model);
    model.before = () => {
      throw new Error("broken session at /opt/ml/model");
    };
    for (let request = 0; request < 3; request += 1) {
      // Details of internal failures do not reach the client.
      expect(await post(server, ONE_PAIR)).toEqual({
        status: 500,
        body: expectedError("The model failed at this request.", "internal"),
      });
    }
    expect((await fetch(`${server.url}/ping`)).status).toBe(503);
    model.before = () => {};
    await post(server, ONE_PAIR);
    expect((await fetch(`${server.url}/ping`)).status).toBe(200);
  });

  it("rejects `ready` when the model cannot be loaded", async () => {
    const server = await start(async () => {
      throw new Error("no such model");
    });
    await expect(server.ready).rejects.toThrow("no such model");
  });
});

describe("errors", () => {
  it("answers 400 to a body that is not JSON", async () => {
    expect(await post(await start(toyReranker()), "{")).toMatchObject({
      status: 400,
      body: { error_type: "malformed" },
    });
  });

  it.each(["text/plain", "application/xml", "application/x-npy"])("answers 415 to %s", async (type) => {
    expect(await post(await start(toyReranker()), "{}", { headers: { "content-type": type } })).toEqual({
      status: 415,
      body: expectedError("Expected a body in application/json.", "unsupportedMediaType"),
    });
  });

  it.each(["application/json", "application/json; charset=utf-8", "*/*", "text/csv, application/*;q=0.5"])(
    "accepts accept: %s",
    async (accept) => {
      expect((await post(await start(toyReranker()), ONE_PAIR, { headers: { accept } })).status).toBe(200);
    },
  );

  it("answers 406 to a client that does not accept JSON", async () => {
    const answer = await post(await start(toyReranker()), ONE_PAIR, { headers: { accept: "text/csv" } });
    expect(answer).toMatchObject({ status: 406, body: { error_type: "notAcceptable" } });
  });

  it("answers 413 to a body above the limit and to too many pairs", async () => {
    const server = await start(toyReranker(), { limits: { bodyBytes: 100, pairsPerRequest: 2 } });
    expect((await post(server, { pairs: [["q", "x".repeat(100)]] })).status).toBe(413);
    const three = {
      pairs: [
        ["a", "b"],
        ["a", "b"],
        ["a", "b"],
      ],
    };
    expect(await post(server, three)).toMatchObject({
      status: 413,
      body: { error: "Expected at most 2 pairs in a request, got 3." },
    });
  });

  it("answers 413 to a pair that is too long if it may not be cut", async () => {
    const server = await start(toyReranker(), { autoTruncate: false });
    const texts = ["word ".repeat(20)];
    expect(await post(server, { query: "q", texts })).toMatchObject({
      status: 413,
      body: { error: expect.stringContaining("at most 16 tokens in a pair, pair 0 has 25") },
    });
    expect((await post(server, { query: "q", texts, truncate: true })).status).toBe(200);
  });

  it("answers 404 with the existing paths", async () => {
    const response = await fetch(`${(await start(toyReranker())).url}/nothing`);
    expect([response.status, await response.json()]).toMatchObject([404, { error_type: "notFound" }]);
  });

  it("answers 429 while too many requests wait, before it reads the body, and 200 again afterwards", async () => {
    const model = toyReranker();
    const { open } = gate(model);
    const server = await start(model, { limits: { concurrentRequests: 2 } });
    const admitted = [post(server, ONE_PAIR), post(server, ONE_PAIR)];
    await until(async () => (await metric(server, "rerank_admitted_requests")) === 2);
    expect(await post(server, ONE_PAIR)).toEqual({
      status: 429,
      body: expectedError("The model is overloaded. Try again later.", "overloaded"),
    });
    open();
    expect((await Promise.all(admitted)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await post(server, ONE_PAIR)).status).toBe(200);
  });

  it("answers 429 when the admitted bodies have too many bytes", async () => {
    const model = toyReranker();
    const { open } = gate(model);
    const server = await start(model, { limits: { inflightBytes: 1000 } });
    const first = post(server, { pairs: [["q", "x".repeat(900)]] });
    await until(async () => (await metric(server, "rerank_admitted_requests")) === 1);
    expect((await post(server, { pairs: [["q", "x".repeat(200)]] })).status).toBe(429);
    open();
    expect((await first).status).toBe(200);
  });

  it("frees the room of a request whose client has left", async () => {
    const model = toyReranker();
    const { open } = gate(model);
    const server = await start(model, { limits: { concurrentRequests: 1 } });
    const leaving = new AbortController();
    const left = post(server, ONE_PAIR, { signal: leaving.signal });
    await until(async () => (await metric(server, "rerank_admitted_requests")) === 1);
    leaving.abort();
    await expect(left).rejects.toThrow("aborted");
    await until(async () => (await metric(server, "rerank_admitted_requests")) === 0);
    open();
    expect((await post(server, ONE_PAIR)).status).toBe(200);
  });
});

describe("batching", () => {
  it("combines requests that arrive while the model is busy into one batch, and gives each its own answer", async () => {
    const model = toyReranker();
    const { open } = gate(model);
    const server = await start(model);
    const texts = Array.from({ length: 20 }, (_, index) => "x".repeat(index * 3));
    const answers = texts.map((text) => post(server, { pairs: [["q", text]] }));
    await until(async () => (await metric(server, "rerank_queue_pairs")) === texts.length - 1);
    open();
    expect((await Promise.all(answers)).map(({ body }) => body)).toEqual(
      texts.map((text) => ({ scores: [Math.fround(toyLogit(text))] })),
    );
    expect(model.batches).toEqual([1, 19]);
  });

  it("does not combine requests with pairsPerBatch: 1", async () => {
    const model = toyReranker();
    const { open } = gate(model);
    const server = await start(model, { limits: { pairsPerBatch: 1 } });
    const answers = Array.from({ length: 4 }, () => post(server, ONE_PAIR));
    await until(async () => (await metric(server, "rerank_queue_pairs")) === 3);
    open();
    await Promise.all(answers);
    expect(model.batches).toEqual([1, 1, 1, 1]);
  });

  it("does not fail a whole batch because of one request", async () => {
    const model = toyReranker();
    const poisoned = { ...model, batches: model.batches };
    poisoned.logits = async (pairs, options) => {
      const logits = await model.logits(pairs, options);
      if (pairs.some(([, text]) => text === "poison")) throw new Error("poisoned");
      return logits;
    };
    const { open } = gate(model);
    const server = await start(poisoned);
    const answers = ["first", "good", "poison", "fine"].map((text) => post(server, { pairs: [["q", text]] }));
    await until(async () => (await metric(server, "rerank_queue_pairs")) === 3);
    open();
    expect((await Promise.all(answers)).map(({ status }) => status).sort()).toEqual([200, 200, 200, 500]);
  });

  it("does not score for a client that has left the queue", async () => {
    const model = toyReranker();
    const { open } = gate(model);
    const server = await start(model);
    const first = post(server, ONE_PAIR);
    await until(() => model.batches.length === 1);
    const leaving = new AbortController();
    const left = post(server, ONE_PAIR, { signal: leaving.signal });
    await until(async () => (await metric(server, "rerank_queue_pairs")) === 1);
    leaving.abort();
    await expect(left).rejects.toThrow("aborted");
    await until(async () => (await metric(server, "rerank_queue_pairs")) === 0);
    open();
    await first;
    expect(model.batches).toEqual([1]);
  });
});

describe("closing, log and metrics", () => {
  it("answers running requests before it closes, and accepts no new ones", async () => {
    const model = toyReranker();
    const { open } = gate(model);
    let disposed = false;
    model.dispose = async () => {
      disposed = true;
    };
    const server = await start(model);
    const underway = post(server, ONE_PAIR);
    await until(() => model.batches.length === 1);
    const closed = server.close();
    const late = await fetch(`${server.url}/ping`).then(
      ({ status }) => status,
      () => "no connection",
    );
    expect([503, "no connection"]).toContain(late);
    expect(disposed).toBe(false);
    open();
    expect((await underway).status).toBe(200);
    await closed;
    expect(disposed).toBe(true);
  });

  it("logs one JSON line a request, with its kind and size and none of its texts", async () => {
    const lines: string[] = [];
    const server = await start(toyReranker(), {
      logLevel: "debug",
      logStream: { write: (line) => lines.push(line) },
    });
    await post(server, { pairs: [["secret query", "secret text"]] });
    await until(() => lines.some((line) => line.includes('"answered"')));
    const line = JSON.parse(lines.find((entry) => entry.includes('"answered"')) ?? "{}");
    expect(line).toMatchObject({ route: "/invocations", status: 200, kind: "pairs", pairs: 1 });
    expect(lines.join("")).not.toContain("secret");
  });

  it("counts requests and pairs for Prometheus", async () => {
    const server = await start(toyReranker());
    await post(server, ONE_PAIR);
    await post(server, {});
    expect(await metric(server, "rerank_pairs_total")).toBe(1);
    expect(await metric(server, 'rerank_requests_total{route="/invocations",status="200"}')).toBe(1);
    expect(await metric(server, 'rerank_requests_total{route="/invocations",status="422"}')).toBe(1);
  });
});
