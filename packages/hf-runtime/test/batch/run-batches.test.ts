import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { BatchSource } from "../../src/batch/plan-batches.js";
import { runBatches } from "../../src/batch/run-batches.js";
import type { TokenBatch } from "../../src/batch/token-batch.js";

/** Texts of one token a character, in batches of at most `batchTokens`. */
function sourceOf(texts: readonly string[], parallelism = 1): BatchSource {
  return {
    count: texts.length,
    characters: (index) => texts[index]!.length,
    encode: (index) => {
      const ids = Int32Array.from(texts[index]!, (character) => character.charCodeAt(0));
      return { ids, typeIds: new Int32Array(ids.length), truncated: false };
    },
    padding: { padId: 0, paddingSide: "right" },
    batchTokens: 16,
    parallelism,
  };
}

/** Reads every row back as text. */
async function read(batch: TokenBatch): Promise<string[]> {
  await new Promise((resolve) => setImmediate(resolve));
  const rows = Array.from({ length: batch.rows }, (_, row) =>
    batch.inputIds.subarray(row * batch.tokens, (row + 1) * batch.tokens),
  );
  return rows.map((ids) => String.fromCharCode(...ids.filter((id) => id !== 0)));
}

/** A promise and what settles it. */
function gate() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe("runBatches", () => {
  it("returns results in the caller's order, whatever the batches were", async () => {
    const texts = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 20 }), {
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(texts, async (all) => {
        expect(await runBatches(sourceOf(all), read)).toEqual(all);
      }),
      { numRuns: 50 },
    );
  });

  it("begins the last passes of a call only when a worker is idle, the largest first", async () => {
    const texts = Array.from({ length: 9 }, (_, i) => "abcdefghi"[i]!.repeat(16 - i));
    let underWay = 0;
    const begun: { tokens: number; underWay: number }[] = [];
    const results = await runBatches(sourceOf(texts, 2), async (batch) => {
      underWay += 1;
      begun.push({ tokens: batch.tokens, underWay });
      const rows = await read(batch);
      underWay -= 1;
      return rows;
    });
    expect(results).toEqual(texts);
    expect(begun.map(({ tokens }) => tokens)).toEqual([16, 15, 14, 13, 12, 11, 10, 9, 8]);
    expect(Math.max(...begun.slice(0, 5).map((pass) => pass.underWay))).toBeGreaterThan(2);
    expect(Math.max(...begun.slice(5).map((pass) => pass.underWay))).toBe(2);
  });

  it("computes nothing for no inputs", async () => {
    const results = await runBatches(sourceOf([]), () => Promise.reject(new RangeError("ran")));
    expect(results).toEqual([]);
  });

  it("reports progress after every batch, up to the whole", async () => {
    const seen: number[][] = [];
    await runBatches(sourceOf(["aaaaaaaa", "bbbbbbbb", "cccccccc", "d"]), read, {
      onProgress: (done, total) => seen.push([done, total]),
    });
    expect(seen).toEqual([
      [2, 4],
      [4, 4],
    ]);
  });

  it.each([1, 3])(
    "keeps two passes pending for each of %i in parallel: one computing and one waiting",
    async (parallelism) => {
      let underWay = 0;
      let most = 0;
      await runBatches(sourceOf(new Array(20).fill("aaaaaaaaaaaaaaaa"), parallelism), async (batch) => {
        underWay += 1;
        most = Math.max(most, underWay);
        const rows = await read(batch);
        underWay -= 1;
        return rows;
      });
      expect(most).toBe(2 * parallelism);
    },
  );

  it("lets callers of one session take turns", async () => {
    const order: string[] = [];
    let queue: Promise<unknown> = Promise.resolve();
    // First come, first served, as a session computes.
    const compute = (batch: TokenBatch) => {
      const pass = queue.then(() => read(batch));
      queue = pass;
      return pass;
    };
    const call = (name: string, passes: number) =>
      runBatches(sourceOf(new Array(passes).fill(name.repeat(16))), compute, {
        onProgress: () => order.push(name),
      });
    await Promise.all([call("a", 10), call("b", 2)]);
    expect(order.lastIndexOf("b")).toBeLessThanOrEqual(4);
    expect(order).toHaveLength(12);
  });

  it("stops between batches when the signal aborts, without waiting for the batch", async () => {
    const aborting = new AbortController();
    const never = gate();
    let passes = 0;
    const running = runBatches(
      sourceOf(new Array(50).fill("aaaaaaaaaaaaaaaa")),
      async (batch) => {
        passes += 1;
        if (passes === 3) aborting.abort(new RangeError("enough"));
        if (passes > 1) await never.opened;
        return read(batch);
      },
      { signal: aborting.signal },
    );
    await expect(running).rejects.toThrow("enough");
    expect(passes).toBe(3);
    never.open();
  });

  it("starts nothing when the signal has already aborted", async () => {
    let passes = 0;
    const count = async (batch: TokenBatch) => {
      passes += 1;
      return read(batch);
    };
    const running = runBatches(sourceOf(["a"]), count, {
      signal: AbortSignal.abort(new RangeError("too late")),
    });
    await expect(running).rejects.toThrow("too late");
    expect(passes).toBe(0);
  });

  it("rejects with the first failure and starts no more passes", async () => {
    let passes = 0;
    const running = runBatches(sourceOf(new Array(50).fill("aaaaaaaaaaaaaaaa")), async (batch) => {
      passes += 1;
      if (passes === 2) throw new RangeError("broken");
      return read(batch);
    });
    await expect(running).rejects.toThrow("broken");
    expect(passes).toBeLessThan(5);
  });

  it("rejects with what encoding throws", async () => {
    const source = {
      ...sourceOf(["a"]),
      encode: () => {
        throw new RangeError("odd text");
      },
    };
    await expect(runBatches(source, read)).rejects.toThrow("odd text");
  });
});
