import { afterAll, describe, expect, it } from "@jest/globals";
import { OverloadedError } from "@secondpass/core";
import { ModelFolders } from "@secondpass/test-kit";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";

const folders = new ModelFolders();
afterAll(() => folders.remove());

const reranker = () => loadCrossEncoder({ model: folders.folder("bert-cross-encoder"), threads: 1 });
const pairsOf = (count: number, name = "a") =>
  Array.from({ length: count }, (_, i): [string, string] => [name, `${i} some words that are read with it`]);

describe("concurrent calls", () => {
  it("answers a call with one pair soon next to one with ten thousand", async () => {
    await using model = await reranker();
    let longDone = 0;
    const long = model.logits(pairsOf(10_000), { onProgress: (done) => (longDone = done) });
    await model.logits(pairsOf(1, "first"));
    const before = longDone;
    await model.logits(pairsOf(1, "second"));
    // A few passes of some 20 pairs each.
    expect(longDone - before).toBeLessThan(1000);
    expect(longDone).toBeLessThan(5000);
    expect(await long).toHaveLength(10_000);
  });

  it("answers a thousand callers, each with its own scores", async () => {
    await using model = await reranker();
    const names = Array.from({ length: 1000 }, (_, i) => `caller ${i}`);
    const alone = await model.logits(names.map((name): [string, string] => [name, "text"]));
    const together = await Promise.all(names.map((name) => model.logits([[name, "text"]])));
    for (const [i, [logits]] of together.entries()) expect(logits![0]).toBeCloseTo(alone[i]![0]!, 5);
  });

  it("begins no further passes of aborted calls, wherever the model computes", async () => {
    for (const isolation of ["none", "worker", "process"] as const) {
      await using model = await loadEncoder({ model: folders.folder("bert-encoder"), isolation, threads: 1 });
      const texts = pairsOf(2000).map(([, text]) => text);
      const controller = new AbortController();
      const reason = new Error("left");
      const done: number[] = [];
      const calls = Array.from({ length: 20 }, (_, i) =>
        model.embed(texts, { signal: controller.signal, onProgress: (count) => (done[i] = count) }),
      );
      const settled = Promise.allSettled(calls);
      await model.embed(texts.slice(0, 1));
      controller.abort(reason);
      for (const outcome of await settled) expect(outcome).toEqual({ status: "rejected", reason });
      const atAbort = done.reduce((sum, count) => sum + (count ?? 0), 0);
      await model.embed(texts.slice(0, 1));
      expect(done.reduce((sum, count) => sum + (count ?? 0), 0)).toBe(atAbort);
      expect(atAbort).toBeLessThan(20 * texts.length);
    }
  });

  it("rejects calls if the queue is full, and computes the accepted ones", async () => {
    await using model = await loadCrossEncoder({
      model: folders.folder("bert-cross-encoder"),
      threads: 1,
      maxQueuedTokens: 2000,
    });
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => model.logits(pairsOf(100))));
    const rejected = outcomes.filter((one) => one.status === "rejected");
    expect(rejected.length).toBeGreaterThan(0);
    for (const { reason } of rejected) expect(reason).toBeInstanceOf(OverloadedError);
    for (const one of outcomes) if (one.status === "fulfilled") expect(one.value).toHaveLength(100);
    expect(await model.logits(pairsOf(1000))).toHaveLength(1000);
  });

  it("throws for an unknown isolation, and for one that contradicts `worker`", async () => {
    const model = folders.folder("bert-cross-encoder");
    await expect(loadCrossEncoder({ model, isolation: "thread" as "worker" })).rejects.toThrow(
      'Expected `isolation` to be one of "none", "worker", "process", got "thread"',
    );
    await expect(loadCrossEncoder({ model, isolation: "process", worker: false })).rejects.toThrow(
      'Expected `worker` to be left out, as `isolation` is "process", got false',
    );
  });
});
