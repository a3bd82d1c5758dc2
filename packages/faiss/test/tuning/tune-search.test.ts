import { describe, expect, it } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import { createIndex, type IndexOption, IndexRefineFlat, readIndex, tuneSearch } from "../../src/index.js";
import { fixture } from "../format/golden.js";

const DIMENSIONS = 12;
const vectors = randomVectors(300, DIMENSIONS, 5);

async function made(option: IndexOption, metric: "l2" | "inner_product" = "l2") {
  const index = createIndex(option, { dimensions: DIMENSIONS, metric, expectedVectors: 300 });
  await index.train(vectors);
  await index.add(vectors);
  return index;
}

describe("tuneSearch", () => {
  it.each([
    [{ kind: "hnsw", m: 2, efConstruction: 4 }, "efSearch"],
    [{ kind: "ivf", nlist: 10 }, "nprobe"],
    [{ kind: "ivf-rabitq", nlist: 10, rerank: 20, rows: "memory" }, "nprobe"],
  ] as const)("sets the parameter of %j for a recall", async (option, name) => {
    const index = await made(option);
    const [little, much] = [
      await tuneSearch(index, { recall: 0.4, sample: 20 }),
      await tuneSearch(index, { recall: 0.9, sample: 20 }),
    ];
    expect(little.recall).toBeGreaterThanOrEqual(0.4);
    expect(much.recall).toBeGreaterThanOrEqual(0.9);
    expect(much[name]).toBeGreaterThan(little[name]!);
    const owner =
      index instanceof IndexRefineFlat ? (index.base as unknown as { index: object }).index : index;
    expect(owner).toMatchObject({ [name]: much[name] });
    expect(await tuneSearch(index, { recall: 0.9, sample: 20 })).toMatchObject({ [name]: much[name] });
  });

  it("measures exact indexes without changing them", async () => {
    const index = await made({ kind: "flat" }, "inner_product");
    expect(await tuneSearch(index)).toEqual({ recall: 1, msPerQuery: expect.any(Number) });
  });

  it("throws for an index that cannot reach the recall, without changing it", async () => {
    const index = (await made({
      kind: "ivf-rabitq",
      nlist: 20,
      nprobe: 3,
      rerank: 1,
      rows: "memory",
    })) as IndexRefineFlat;
    await expect(tuneSearch(index, { recall: 1 })).rejects.toMatchObject({
      name: "TuningError",
      wanted: 1,
      best: expect.any(Number),
      message: expect.stringMatching(/IndexRefineFlat reached 0\.\d+, with any nprobe/),
    });
    expect((index.base as unknown as { index: object }).index).toMatchObject({ nprobe: 3 });
  });

  it("throws for indexes without their vectors, and for empty ones", async () => {
    await expect(tuneSearch(await readIndex(fixture("pq_l2")))).rejects.toMatchObject({
      name: "UnsupportedOperationError",
    });
    const empty = createIndex({ kind: "hnsw" }, { dimensions: 4, metric: "l2" });
    await expect(tuneSearch(empty)).rejects.toThrow("an index with vectors");
    const index = await made({ kind: "ivf", nlist: 4 });
    await expect(tuneSearch(index, { queries: new Float32Array(5) })).rejects.toThrow("queries");
    await expect(tuneSearch(index, { memoryBytes: 5 } as never)).rejects.toThrow("no option `memoryBytes`");
    await expect(tuneSearch({} as never)).rejects.toThrow("index");
    await expect(tuneSearch(index, { signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow(
      "enough",
    );
  });
});
