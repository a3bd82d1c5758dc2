import { afterEach, describe, expect, it } from "@jest/globals";
import { gate, post, toyReranker, until } from "@secondpass/test-kit";
import type { RerankServer } from "../../src/index.js";
import { metric } from "../metric.js";
import { startServer } from "../start-server.js";

let server: RerankServer;
afterEach(() => server.close({ graceMs: 0 }));

/** Returns sum and count of a histogram's values with a label. */
async function readings(name: string, labels: Record<string, string> = {}) {
  const { values } = (await server.metrics.getSingleMetric(name)?.get()) ?? { values: [] };
  const find = (suffix: string) =>
    values.find(
      (value) =>
        (value as { metricName?: string }).metricName === `${name}_${suffix}` &&
        Object.entries(labels).every(([key, label]) => value.labels[key] === label),
    )?.value ?? 0;
  return { sum: find("sum"), count: find("count") };
}

const BODY = { query: "q", texts: ["text"] };

describe("metrics", () => {
  it("have the time of requests in each stage", async () => {
    const model = toyReranker();
    const { open } = gate(model);
    server = await startServer(model);
    const first = post(server, BODY, { path: "/rerank" });
    await until(() => model.batches.length === 1);
    const second = post(server, BODY, { path: "/rerank" });
    await until(async () => (await metric(server, "rerank_queue_requests")) === 1);
    expect(await metric(server, "rerank_queue_pairs")).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    open();
    await Promise.all([first, second]);
    await until(async () => (await readings("rerank_stage_seconds", { stage: "answer" })).count === 2);
    const stages = ["receive", "wait", "compute", "answer"].map((stage) =>
      readings("rerank_stage_seconds", { stage }),
    );
    const [receive, wait, compute, answer] = await Promise.all(stages);
    for (const stage of [receive, wait, compute, answer]) expect(stage?.count).toBe(2);
    // While the gate was shut, one of them computed and the other waited.
    expect(wait?.sum).toBeGreaterThanOrEqual(0.04);
    expect(compute?.sum).toBeGreaterThanOrEqual(0.04);
    expect(await metric(server, "rerank_queue_requests")).toBe(0);
  });

  it("have the stage in which a request ended", async () => {
    server = await startServer(toyReranker());
    expect((await post(server, { query: 5 }, { path: "/rerank" })).status).toBe(422);
    await fetch(`${server.url}/ping`);
    await until(async () => (await readings("rerank_stage_seconds", { stage: "receive" })).count === 1);
    expect(await readings("rerank_stage_seconds", { stage: "wait" })).toMatchObject({ count: 0 });
  });

  it("have the tokens, and how full batches are", async () => {
    server = await startServer(toyReranker(), { limits: { tokensPerBatch: 100 } });
    // The estimate of four bytes a token and three special ones gives ten tokens each.
    const text = "x".repeat(27);
    expect((await post(server, { query: "q", texts: [text, text] }, { path: "/rerank" })).status).toBe(200);
    expect(await metric(server, "rerank_tokens_total")).toBe(20);
    expect(await readings("rerank_batch_fill")).toEqual({ sum: 0.2, count: 1 });
  });
});

describe("a server that is about to close", () => {
  it("says so at /ready, and answers until the notice is over", async () => {
    server = await startServer(toyReranker());
    const status = async (path: string) => (await fetch(`${server.url}${path}`)).status;
    expect(await status("/ready")).toBe(200);
    const closed = server.close({ noticeMs: 60_000, graceMs: 60_000 });
    expect([await status("/ready"), await status("/health"), await status("/live")]).toEqual([503, 200, 200]);
    expect((await post(server, BODY, { path: "/rerank" })).status).toBe(200);
    await server.close({ graceMs: 0 });
    await closed;
    await expect(fetch(`${server.url}/live`)).rejects.toThrow();
  });

  it("is live but not ready while the model loads", async () => {
    server = await startServer(() => new Promise(() => {}));
    const status = async (path: string) => (await fetch(`${server.url}${path}`)).status;
    expect([await status("/live"), await status("/ready"), await status("/health")]).toEqual([200, 503, 503]);
    // The loader never ends, so closing must not wait for it.
    server.close({ graceMs: 0 }).catch(() => undefined);
    server = await startServer(toyReranker());
  });
});
