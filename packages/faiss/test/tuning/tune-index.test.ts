import { describe, expect, it } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import { createIndex, IndexFlatL2, type TuneTrial, tuneIndex } from "../../src/index.js";

const DIMENSIONS = 12;
const vectors = randomVectors(300, DIMENSIONS, 5);
const own = { dimensions: DIMENSIONS, sample: 20 };
const recallsOf = (trials: readonly TuneTrial[]) => trials.map(({ index, recall }) => [index, recall]);

describe("tuneIndex", () => {
  it("returns the fastest index that reaches the recall, with its settings", async () => {
    const seen: TuneTrial[] = [];
    const tuning = await tuneIndex(vectors, { ...own, recall: 0.9, onProgress: (trial) => seen.push(trial) });
    expect(tuning.trials).toEqual(seen);
    expect(tuning.recall).toBeGreaterThanOrEqual(0.9);
    expect(new Set(seen.map(({ index }) => index.kind))).toEqual(
      new Set(["flat", "hnsw", "ivf", "ivf-rabitq"]),
    );
    expect(recallsOf(seen)).toContainEqual([tuning.index, tuning.recall]);
    // The result can be made, and reaches its recall.
    const index = createIndex(tuning.index, { dimensions: DIMENSIONS, metric: "l2" });
    await index.train(vectors);
    await index.add(vectors);
    expect(index.ntotal).toBe(300);
    index.dispose();
  });

  it("gives the same result twice, and samples other vectors with another seed", async () => {
    const options = { ...own, recall: 0.8, kinds: ["ivf"] } as const;
    const [once, again] = [await tuneIndex(vectors, options), await tuneIndex(vectors, options)];
    expect(recallsOf(again.trials)).toEqual(recallsOf(once.trials));
    const other = await tuneIndex(vectors, { ...options, seed: 5 });
    expect(recallsOf(other.trials)).not.toEqual(recallsOf(once.trials));
  });

  it("doubles a setting until it reaches the recall, and then halves the gap", async () => {
    const { trials, index } = await tuneIndex(vectors, { ...own, recall: 0.9, kinds: ["ivf"] });
    const tried = trials.map((trial) => (trial.index as { nprobe: number }).nprobe);
    expect(tried.slice(0, 3)).toEqual([1, 2, 4]);
    const enough = trials.filter(({ recall }) => recall >= 0.9);
    const tooLittle = trials.filter(({ recall }) => recall < 0.9);
    const probes = (some: readonly TuneTrial[]) =>
      some.map((trial) => (trial.index as { nprobe: number }).nprobe);
    expect((index as { nprobe: number }).nprobe).toBe(Math.min(...probes(enough)));
    expect(Math.max(...probes(tooLittle))).toBeLessThan(Math.min(...probes(enough)));
  });

  it("measures by the caller's queries, over all vectors", async () => {
    const queries = vectors.slice(0, 3 * DIMENSIONS);
    const { recall } = await tuneIndex(vectors, { ...own, queries, k: 1, recall: 1, kinds: ["ivf"] });
    expect(recall).toBe(1);
  });

  it("tries only indexes that fit, and throws if none does", async () => {
    const memoryBytes = 300 * DIMENSIONS * 4;
    const { trials } = await tuneIndex(vectors, { ...own, memoryBytes, recall: 0.5 });
    expect(new Set(trials.map(({ index }) => index.kind))).toEqual(new Set(["ivf-rabitq"]));
    await expect(tuneIndex(vectors, { ...own, memoryBytes: 1000 })).rejects.toMatchObject({
      name: "TuningError",
      best: undefined,
      message: expect.stringContaining("1000 bytes"),
    });
  });

  it("stops if the signal aborts", async () => {
    const abort = new AbortController();
    const trials: TuneTrial[] = [];
    const tuning = tuneIndex(vectors, {
      ...own,
      signal: abort.signal,
      onProgress(trial) {
        trials.push(trial);
        abort.abort(new Error("enough"));
      },
    });
    await expect(tuning).rejects.toThrow("enough");
    expect(trials).toHaveLength(1);
  });

  it("throws typed errors for invalid arguments", async () => {
    const wrong: [object, RegExp][] = [
      [{ recall: 1.2 }, /`recall`/],
      [{ recal: 0.9 }, /Did you mean `recall`/],
      [{ kinds: ["lsh"] }, /kinds\[0\]/],
      [{ kinds: [] }, /`kinds`/],
      [{ memoryBytes: -1 }, /memoryBytes/],
      [{ metric: "cosine" }, /`metric`/],
      [{ queries: new Float32Array(5) }, /queries/],
    ];
    for (const [options, message] of wrong)
      await expect(tuneIndex(vectors, { ...own, ...options } as never)).rejects.toThrow(message);
    await expect(tuneIndex(vectors.subarray(0, 12), own)).rejects.toThrow("at least 20 vectors");
    await expect(tuneIndex(new IndexFlatL2(4) as never, own)).rejects.toThrow("Float32Array");
  });
});
