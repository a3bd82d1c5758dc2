import { afterEach, describe, expect, it, jest } from "@jest/globals";
import type { TextPair } from "@secondpass/core";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { InThreadSession } from "../../src/session/in-thread-session.js";
import { causalRerankerFolder, causalRerankers } from "../support/causal-rerankers.js";

/** float32's rounding differs a little between matrix shapes. */
const ROUNDING = 1e-5;
const QUERY = "which of the words of a long query do all of its documents share, and which do they not";
const NAMES = Object.keys(causalRerankers.models);

const load = (name: string, options: object = {}) =>
  loadCrossEncoder({ model: causalRerankerFolder(name), threads: 1, ...options });
const documents = (count: number) =>
  Array.from({ length: count }, (_, i) => `${"words of ".repeat((i * 7) % 12)}document ${i}`);
const pairsOf = (query: string, count: number): TextPair[] => documents(count).map((text) => [query, text]);

/** Number of tokens in the passes of sessions on this thread since the last call, padding counted. */
const run = jest.spyOn(InThreadSession.prototype, "run");
function tokensComputed(): number {
  const tokens = run.mock.calls.map(([feeds]) => feeds.input_ids!.data.length);
  run.mockClear();
  return tokens.reduce((sum, count) => sum + count, 0);
}
afterEach(() => void run.mockClear());

describe("a causal reranker", () => {
  it.each(NAMES)(
    "computes the first tokens that a query's pairs share once, with the same scores: %s",
    async (name) => {
      await using model = await load(name, { isolation: "none", batchTokens: 256 });
      const queries = [QUERY, `${QUERY}?`, "q"];
      const pairs = [
        ...queries.flatMap((query) => pairsOf(query, 7)),
        ["once", "its own document"] as const,
        // The same pair twice, and empty texts.
        [QUERY, "document 0"] as const,
        [QUERY, ""] as const,
      ];
      const alone: number[] = [];
      for (const pair of pairs) alone.push((await model.logits([pair]))[0]![0]!);
      const apart = tokensComputed();
      const progress: number[] = [];
      const together = await model.logits(pairs, { onProgress: (done) => void progress.push(done) });
      expect(tokensComputed()).toBeLessThan(apart * 0.8);
      for (const [i, [logit]] of together.entries())
        expect(Math.abs(logit! - alone[i]!)).toBeLessThan(ROUNDING);
      expect(progress).toEqual([...progress].sort((a, b) => a - b));
      expect(progress.at(-1)).toBe(pairs.length);
    },
  );

  it.each(["none", "worker", "process"] as const)("does so with isolation %s", async (isolation) => {
    await using model = await load(NAMES[0]!, { isolation });
    const pairs = pairsOf(QUERY, 5);
    const together = await model.logits(pairs);
    for (const [i, pair] of pairs.entries()) {
      expect(Math.abs(together[i]![0]! - (await model.logits([pair]))[0]![0]!)).toBeLessThan(ROUNDING);
    }
  });

  it("does so in int8", async () => {
    await using model = await load(NAMES[0]!, { isolation: "none", dtype: "int8" });
    const pairs = pairsOf(QUERY, 5);
    const together = await model.logits(pairs);
    expect(run.mock.calls.some(([, output]) => output === "present")).toBe(true);
    for (const [i, pair] of pairs.entries()) {
      expect(Math.abs(together[i]![0]! - (await model.logits([pair]))[0]![0]!)).toBeLessThan(ROUNDING);
    }
  });

  it("shares nothing between the two pairs of a short query", async () => {
    await using model = await load("qwen2 without modules.json", { isolation: "none" });
    const pairs = pairsOf("q", 2).map(([query, text]): TextPair => [query, text.repeat(6)]);
    await model.logits(pairs);
    expect(run.mock.calls.every(([, output]) => output !== "present")).toBe(true);
  });

  it("scores pairs of several queries that are cut to the model's length", async () => {
    await using model = await load(NAMES[0]!, { isolation: "none", maxLength: 48 });
    const pairs = [QUERY, "short"].flatMap((query) =>
      pairsOf(query, 6).map(([, text]): TextPair => [query, `${text} `.repeat(20)]),
    );
    const together = await model.logits(pairs);
    for (const [i, pair] of pairs.entries()) {
      expect(Math.abs(together[i]![0]! - (await model.logits([pair]))[0]![0]!)).toBeLessThan(ROUNDING);
    }
  });

  it("ends an aborted call, and one whose model is disposed", async () => {
    const model = await load(NAMES[0]!, { isolation: "worker" });
    const controller = new AbortController();
    const reason = new Error("left");
    const pairs = [QUERY, `${QUERY}?`, `${QUERY}!`].flatMap((query) => pairsOf(query, 300));
    const call = model.logits(pairs, {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(call).rejects.toBe(reason);
    const left = model.logits(pairs);
    left.catch(() => {});
    await model.dispose();
    await expect(left).rejects.toThrow(/disposed/);
  });
});
