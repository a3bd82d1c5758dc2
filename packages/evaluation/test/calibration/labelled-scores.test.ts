import { describe, expect, it } from "@jest/globals";
import { labelledScores, ScoreCalibration } from "../../src/index.js";

describe("labelledScores", () => {
  const qrels = { q: { a: 2, b: 1, c: 0 } };
  const run = { q: { a: 3, b: 2, c: 1, d: 0 }, unjudged: { a: 9 } };

  it("labels judged documents by grade", () => {
    expect(labelledScores(qrels, run)).toEqual([
      { score: 3, relevant: true },
      { score: 2, relevant: true },
      { score: 1, relevant: false },
    ]);
    expect(labelledScores(qrels, run, { relevanceLevel: 2 })[1]).toEqual({ score: 2, relevant: false });
  });

  it("counts documents without a judgement as not relevant if the option says so", () => {
    const labelled = labelledScores(qrels, run, { unjudged: "irrelevant" });
    expect(labelled).toContainEqual({ score: 0, relevant: false });
    expect(ScoreCalibration.fit(labelled, { model: "m" }).labels).toEqual({ count: 4, relevant: 2 });
  });
});
