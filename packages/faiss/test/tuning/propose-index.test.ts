import { describe, expect, it } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import * as fc from "fast-check";
import {
  createIndex,
  estimateIndexBytes,
  type IndexOption,
  indexToBytes,
  proposeIndex,
} from "../../src/index.js";

describe("proposeIndex", () => {
  it.each([
    [{ size: 0, dimensions: 384 }, { kind: "flat" }],
    [{ size: 100_000, dimensions: 384 }, { kind: "flat" }],
    [{ size: 1_000_000, dimensions: 384 }, { kind: "hnsw" }],
    [{ size: 1_000_000, dimensions: 384, memoryBytes: 2.1e9 }, { kind: "flat" }],
    [
      { size: 1_000_000, dimensions: 384, memoryBytes: 1e9 },
      { kind: "ivf-rabitq", rerank: 10 },
    ],
    [
      { size: 2_000_000, dimensions: 768, memoryBytes: 400e6 },
      { kind: "ivf-rabitq", rerank: 10 },
    ],
    [
      { size: 50_000, dimensions: 384, memoryBytes: 40e6 },
      { kind: "ivf-rabitq", rerank: 10 },
    ],
  ] as const)("proposes for %j: %j", (target, index) => {
    expect(proposeIndex(target).index).toEqual(index);
  });

  it("never proposes an index that does not fit, and reports the memory needed", () => {
    const targets = fc.record({
      size: fc.nat({ max: 20_000_000 }),
      dimensions: fc.integer({ min: 1, max: 4096 }),
      memoryBytes: fc.integer({ min: 1, max: 20_000_000_000 }),
    });
    fc.assert(
      fc.property(targets, (target) => {
        let bytes: number;
        try {
          bytes = proposeIndex(target).bytes;
        } catch (error) {
          const least = Number(/at least (\d+)/.exec(String(error))![1]);
          expect(least).toBeGreaterThan(target.memoryBytes);
          bytes = proposeIndex({ ...target, memoryBytes: least }).bytes;
          expect(bytes).toBe(least);
          return;
        }
        expect(bytes).toBeLessThanOrEqual(target.memoryBytes);
      }),
    );
  });

  it("throws for an invalid size", () => {
    for (const target of [
      { size: -1, dimensions: 3 },
      { size: 1, dimensions: 0 },
      { size: 1, dimensions: 3, memory: 5 },
      undefined,
    ])
      expect(() => proposeIndex(target as never)).toThrow(/Expected|no option/);
  });
});

it.each<IndexOption>([
  { kind: "flat" },
  { kind: "hnsw", m: 8 },
  { kind: "ivf", nlist: 8 },
  { kind: "ivf-rabitq", nlist: 8, bits: 1 },
  { kind: "ivf-rabitq", nlist: 8, bits: 5 },
  { kind: "ivf-rabitq", nlist: 8, rerank: 2, rows: "memory" },
])("an estimate is slightly larger than the file of %j", async (option) => {
  const [size, dimensions] = [400, 48];
  const vectors = randomVectors(size, dimensions, 1);
  const index = createIndex(option, { dimensions, metric: "l2" });
  await index.train(vectors);
  await index.add(vectors);
  const { length } = await indexToBytes(index);
  const estimate = estimateIndexBytes(option, { size, dimensions });
  expect(estimate).toBeGreaterThan(0.95 * length);
  expect(estimate).toBeLessThan(1.4 * length);
});

it("estimates the memory of two million vectors on disk", () => {
  const bytes = estimateIndexBytes({ kind: "ivf-rabitq", rerank: 10 }, { size: 2_000_000, dimensions: 768 });
  expect(bytes).toBeLessThan(270e6);
  expect(bytes).toBeGreaterThan(2_000_000 * (96 + 8 + 8 + 4));
});
