import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { jobParts } from "../../src/kernels/job-parts.js";

describe("jobParts", () => {
  it("gives every segment and query to exactly one job, and at most one job to a thread", () => {
    const count = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(count, count, fc.integer({ min: 1, max: 9 }), (segments, queries, threads) => {
        const parts = jobParts(segments, queries, threads);
        const pairs = parts.flatMap((part) =>
          positions(part.segments).flatMap((segment) =>
            positions(part.queries).map((query) => `${segment} ${query}`),
          ),
        );
        expect(new Set(pairs).size).toBe(segments * queries);
        expect(pairs.length).toBe(segments * queries);
        expect(parts.length).toBeLessThanOrEqual(threads);
      }),
    );
  });

  it("divides many queries of few segments, and otherwise segments", () => {
    expect(jobParts(1, 64, 2).map(({ queries }) => queries)).toEqual([
      { start: 0, end: 32 },
      { start: 32, end: 64 },
    ]);
    expect(jobParts(9, 64, 2).map(({ segments }) => segments)).toEqual([
      { start: 0, end: 5 },
      { start: 5, end: 9 },
    ]);
    expect(jobParts(3, 1, 4)).toHaveLength(3);
  });
});

const positions = ({ start, end }: { start: number; end: number }) =>
  Array.from({ length: end - start }, (_, i) => start + i);
