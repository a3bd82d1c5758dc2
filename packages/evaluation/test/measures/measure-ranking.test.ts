import { describe, expect, it } from "@jest/globals";
import { measureRanking } from "../../src/index.js";

describe("measureRanking", () => {
  it("measures an ordered ranking", () => {
    expect(measureRanking("mrr@10", ["b", "a"], { a: 1 })).toBe(0.5);
    expect(measureRanking("ndcg@1", ["b", "a"], new Map([["a", 1]]))).toBe(0);
    expect(measureRanking("precision@4", ["a"], { a: 1 })).toBe(0.25);
    expect(measureRanking("recall@1", ["a", "b"], { a: 2, b: 1 }, { relevanceLevel: 2 })).toBe(1);
  });

  it("is 0 for a query without relevant documents", () => {
    for (const name of ["ndcg", "map", "mrr", "recall", "hitRate@3"] as const)
      expect(measureRanking(name, ["a"], { a: 0, b: -1 })).toBe(0);
  });
});
