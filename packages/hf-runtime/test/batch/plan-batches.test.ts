import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ANY_BATCH } from "../../src/batch/batch-rules.js";
import { type BatchSource, planBatches } from "../../src/batch/plan-batches.js";
import type { TokenBatch } from "../../src/batch/token-batch.js";

/** Inputs with the given numbers of tokens. Each token is the input's index plus 1. */
function sourceOf(lengths: readonly number[], changes: Partial<BatchSource> = {}): BatchSource {
  return {
    count: lengths.length,
    characters: (index) => lengths[index]!,
    encode: (index) => ({
      ids: new Int32Array(lengths[index]!).fill(index + 1),
      typeIds: new Int32Array(lengths[index]!),
      truncated: false,
    }),
    padding: { padId: 0, paddingSide: "right" },
    batchTokens: 64,
    parallelism: 1,
    ...changes,
  };
}

async function batchesOf(source: BatchSource): Promise<TokenBatch[]> {
  const batches: TokenBatch[] = [];
  for await (const batch of planBatches(source)) batches.push(batch);
  return batches;
}

describe("planBatches", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 60 });

  it("puts every input into one batch, and exceeds the budget only for a single input", async () => {
    await fc.assert(
      fc.asyncProperty(lengths, async (all) => {
        const batches = await batchesOf(sourceOf(all));
        const indices = batches.flatMap((batch) => batch.indices).sort((a, b) => a - b);
        expect(indices).toEqual(all.map((_, index) => index));
        for (const { rows, tokens, indices } of batches) {
          expect(rows === 1 || rows * tokens <= 64).toBe(true);
          expect(tokens).toBe(Math.max(...indices.map((index) => all[index]!)));
        }
      }),
    );
  });

  it("cuts only where padding would cost more than another pass", async () => {
    const rowsAndTokens = async (all: readonly number[]) =>
      (await batchesOf(sourceOf(all, { batchTokens: 512 }))).map(({ rows, tokens }) => [rows, tokens]);
    // Joined with those of 100, two texts of 60 would get 80 tokens of padding, two of 98 only 4.
    expect(await rowsAndTokens([100, 100, 60, 60])).toEqual([
      [2, 100],
      [2, 60],
    ]);
    expect(await rowsAndTokens([100, 100, 98, 98])).toEqual([[4, 100]]);
  });

  it("takes the longest first, so that neighbours have similar lengths", async () => {
    const batches = await batchesOf(sourceOf([3, 60, 5, 61, 4, 2]));
    expect(batches.map(({ indices }) => indices)).toEqual([[3], [1], [2, 4, 0, 5]]);
  });

  it("sorts by tokens if the number of characters predicts them badly", async () => {
    const tokens = [10, 2, 10, 2];
    const batches = await batchesOf(sourceOf(tokens, { characters: (index) => index, batchTokens: 20 }));
    expect(batches.map(({ indices }) => indices)).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });

  it("pads nothing if padding would be on the left", async () => {
    const source = sourceOf([3, 5, 3, 4, 5], { padding: { padId: 0, paddingSide: "left" } });
    expect((await batchesOf(source)).map(({ indices }) => indices)).toEqual([[1, 4], [0, 2], [3]]);
  });

  it("does not pad inputs with more tokens than mixedTokens", async () => {
    const rules = { ...ANY_BATCH, mixedTokens: 10 };
    const source = sourceOf([12, 10, 9, 12, 11, 8], { rules });
    expect((await batchesOf(source)).map(({ indices }) => indices)).toEqual([[1, 2, 5], [0, 3], [4]]);
  });

  it("requests all threads only if there are too few batches to keep every worker busy", async () => {
    const allThreads = async (all: readonly number[], parallelism: number) =>
      (await batchesOf(sourceOf(all, { batchTokens: 100, parallelism }))).map((batch) => batch.allThreads);
    expect(await allThreads([100], 2)).toEqual([true]);
    expect(await allThreads([100, 100], 2)).toEqual([false, false]);
    expect(await allThreads([100, 20], 2)).toEqual([true, true]);
    expect(await allThreads([100, 100, 100], 2)).toEqual([true, true, true]);
    expect(await allThreads([100, 100, 100], 3)).toEqual([false, false, false]);
    expect(await allThreads([100, 100, 100], 1)).toEqual([false, false, false]);
    // When the last one is found to be alone, the others have already begun.
    expect(await allThreads(new Array(9).fill(100), 2)).toEqual(new Array(9).fill(false));
  });

  it("plans the same batches for any parallelism, as long as all inputs are known before the first", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 10 }), async (all) => {
        const shapes = async (parallelism: number) =>
          (await batchesOf(sourceOf(all, { parallelism }))).map(({ indices }) => indices);
        expect(await shapes(4)).toEqual(await shapes(1));
      }),
    );
  });

  it("plans nothing for no inputs", async () => {
    expect(await batchesOf(sourceOf([]))).toEqual([]);
  });

  it("lets timers run while it encodes", async () => {
    const slow = sourceOf(new Array(30).fill(1));
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 1);
    await batchesOf({
      ...slow,
      encode: (index) => {
        const end = performance.now() + 2;
        while (performance.now() < end);
        return slow.encode(index);
      },
    });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(5);
  });

  it("encodes no more than it needs to start with", async () => {
    let encoded = 0;
    const source = sourceOf(new Array(1000).fill(16));
    const plan = planBatches({
      ...source,
      encode: (index) => {
        encoded += 1;
        return source.encode(index);
      },
    });
    await plan.next();
    expect(encoded).toBeLessThan(20);
    await plan.return();
  });
});
