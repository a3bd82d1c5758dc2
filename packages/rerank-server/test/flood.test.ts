import { Agent, request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { gate, post, type ToyReranker, toyLogit, toyReranker, until } from "@secondpass/test-kit";
import type { RerankServer } from "../src/index.js";
import { startServer } from "./start-server.js";

/** Number of requests in a flood. */
const FLOOD = 600;
const LIMIT = 50;

describe("a flood of requests", () => {
  let server: RerankServer;
  let model: ToyReranker;
  beforeAll(async () => {
    model = toyReranker();
    server = await startServer(model, { limits: { concurrentRequests: LIMIT } });
  });
  afterAll(() => server.close({ graceMs: 0 }));

  it("is rejected with 429 and Retry-After, while health checks are answered and admitted requests succeed", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 200 });
    const { open } = gate(model);
    const statuses = new Map<number, number>();
    const count = (status: number) => statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const one = (index: number) =>
      new Promise<void>((resolve, reject) => {
        const text = "x".repeat(index % 40);
        const sent = httpRequest(
          `${server.url}/rerank`,
          { agent, method: "POST", headers: { "content-type": "application/json" } },
          (response) => {
            let answer = "";
            response.setEncoding("utf8").on("data", (piece) => {
              answer += piece;
            });
            response.on("end", () => {
              count(response.statusCode ?? 0);
              if (response.statusCode === 429)
                expect(Number(response.headers["retry-after"])).toBeGreaterThanOrEqual(1);
              else expect(JSON.parse(answer)).toEqual([{ index: 0, score: Math.fround(toyLogit(text)) }]);
              resolve();
            });
          },
        );
        sent.on("error", reject);
        sent.end(JSON.stringify({ query: "q", texts: [text], raw_scores: true }));
      });
    const flood = Promise.all(Array.from({ length: FLOOD }, (_, index) => one(index)));
    await until(() => (statuses.get(429) ?? 0) > FLOOD / 2);
    expect((await fetch(`${server.url}/ping`)).status).toBe(200);
    open();
    await flood;
    agent.destroy();
    expect([...statuses.keys()].sort()).toEqual([200, 429]);
    expect(statuses.get(200)).toBeGreaterThanOrEqual(LIMIT);
  });

  it("of work is rejected by its tokens, including those of clients that left", async () => {
    const toy = toyReranker();
    const { open } = gate(toy);
    const own = await startServer(toy, { limits: { outstandingTokens: 100, tokensPerBatch: 64 } });
    const texts = Array.from({ length: 6 }, () => "word ".repeat(30));
    const leaving = new AbortController();
    // 6 pairs of 16 tokens, which is the model's length.
    const left = post(own, { query: "q", texts }, { path: "/rerank", signal: leaving.signal });
    await until(() => toy.batches.length === 1);
    expect((await post(own, { query: "q", texts: texts.slice(0, 1) }, { path: "/rerank" })).status).toBe(429);
    leaving.abort();
    await expect(left).rejects.toThrow("aborted");
    // Its first batch of 4 pairs is still being computed. The other 2 have left the queue.
    const outstanding = async () =>
      (await own.metrics.getSingleMetric("rerank_outstanding_tokens")?.get())?.values[0]?.value;
    await until(async () => (await outstanding()) === 64);
    expect((await post(own, { query: "q", texts: texts.slice(0, 3) }, { path: "/rerank" })).status).toBe(429);
    const small = post(own, { query: "q", texts: texts.slice(0, 2) }, { path: "/rerank" });
    await until(async () => (await outstanding()) === 96);
    open();
    expect((await small).status).toBe(200);
    expect(toy.batches).toEqual([4, 2]);
    await own.close();
  });
});
