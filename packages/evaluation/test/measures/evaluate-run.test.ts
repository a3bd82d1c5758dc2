import { describe, expect, it } from "@jest/globals";
import { InvalidOptionError, UnknownOptionError } from "@secondpass/core";
import * as fc from "fast-check";
import { evaluateRun, type MeasureName, type Qrels, type Run } from "../../src/index.js";
import ranx from "../goldens/ranx.json";
import trecEval from "../goldens/trec-eval.json";

/** Largest difference from trec_eval and ranx: float64 sums in another order. */
const TOLERANCE = 1e-9;

interface TrecCase {
  readonly relevanceLevel: number;
  readonly qrels: Record<string, Record<string, number>>;
  readonly run: Record<string, Record<string, number>>;
  readonly expected: Record<string, Record<string, number>>;
}

function expectClose(value: number | undefined, expected: number): void {
  expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThanOrEqual(TOLERANCE);
}

describe("evaluateRun", () => {
  it.each((trecEval.cases as unknown as TrecCase[]).map((example, i) => [i, example] as const))(
    "measures as trec_eval, case %d",
    async (_, { relevanceLevel, qrels, run, expected }) => {
      const measures = Object.keys(Object.values(expected)[0] ?? {}) as MeasureName[];
      const options = { measures, relevanceLevel, missingQueries: "skip" } as const;
      const evaluation = await evaluateRun(qrels, run, options);
      expect([...evaluation.queries].sort()).toEqual(Object.keys(expected));
      for (const [i, query] of evaluation.queries.entries()) {
        for (const measure of measures)
          expectClose(evaluation.values[measure]?.[i], expected[query]![measure]!);
      }
      expect(evaluation.unjudgedQueries).toEqual(["unjudged"]);
    },
  );

  it.each(ranx.cases.map((example, i) => [i, example] as const))(
    "measures as ranx, case %d",
    async (_, { qrels, run, expected }) => {
      const measures = Object.keys(expected) as (keyof typeof expected & MeasureName)[];
      const { values, queries } = await evaluateRun(qrels as unknown as Qrels, run as unknown as Run, {
        measures,
      });
      expect(queries).toEqual(Object.keys(qrels));
      for (const measure of measures) {
        for (const [i, value] of expected[measure].entries()) expectClose(values[measure]?.[i], value);
      }
    },
  );

  it("orders ties by id descending, also scores that are equal in float32", async () => {
    const qrels = { q: { b: 1 } };
    const of = async (run: Record<string, number>) =>
      (await evaluateRun(qrels, { q: run }, { measures: ["mrr"] })).means.mrr;
    expect(await of({ a: 0.5, b: 0.5, c: 0.5 })).toBe(1 / 2);
    expect(await of({ a: 0.5, b: 0.5, c: 0.5 + 1e-12 })).toBe(1 / 2);
    expect(await of({ a: 0.5, b: 0.5 + 1e-3, c: 0.5 })).toBe(1);
  });

  it("counts missing queries as 0, leaves them out, or throws", async () => {
    const qrels = { one: { d: 1 }, two: { d: 1 }, none: { d: 0 } };
    const run = { one: { d: 1 }, none: { d: 1 } };
    const zero = await evaluateRun(qrels, run, { measures: ["mrr"] });
    expect(zero).toMatchObject({
      queries: ["one", "two", "none"],
      values: { mrr: [1, 0, 0] },
      missingQueries: ["two"],
    });
    const skip = await evaluateRun(qrels, run, {
      missingQueries: "skip",
      withoutRelevant: "skip",
      measures: ["mrr"],
    });
    expect(skip).toMatchObject({ queries: ["one"], means: { mrr: 1 }, missingQueries: ["two"] });
    await expect(evaluateRun(qrels, run, { missingQueries: "throw" })).rejects.toThrow(/\["two"\]/);
  });

  it("accepts Maps, and your own measures", async () => {
    const qrels = new Map([["q", new Map([["d", 3]])]]);
    const run = new Map([["q", new Map([["d", 1]])]]);
    const best = {
      name: "best grade",
      of: ({ grades }: { grades: readonly number[] }) => Math.max(...grades) / 3,
    };
    expect((await evaluateRun(qrels, run, { measures: [best] })).means).toEqual({ "best grade": 1 });
  });

  it("is empty for nothing", async () => {
    expect(await evaluateRun({}, {}, { measures: ["map"] })).toMatchObject({
      queries: [],
      means: { map: 0 },
    });
  });

  it("stays finite for huge grades", async () => {
    const { means } = await evaluateRun(
      { q: { a: 3000, b: 2999 } },
      { q: { a: 1, b: 2 } },
      { measures: ["ndcgExp@10"] },
    );
    expect(means["ndcgExp@10"]).toBeCloseTo((0.5 + 1 / Math.log2(3)) / (1 + 0.5 / Math.log2(3)), 12);
  });

  it.each([
    ["a misspelled measure", { measures: ["ndgc@10"] }, /Did you mean "ndcg"/],
    ["a cut of 0", { measures: ["ndcg@0"] }, /a measure such as/],
    ["a cut that is not a number", { measures: ["ndcg@ten"] }, /a measure such as/],
    ["one measure twice", { measures: ["map", "map"] }, /different names/],
    ["no measures", { measures: [] }, /a list of measures/],
    ["a level of 0", { relevanceLevel: 0 }, /relevanceLevel/],
    ["an unknown rule", { missingQueries: "ignore" }, /missingQueries/],
  ])("throws for %s", async (_, options, message) => {
    const call = evaluateRun({ q: { d: 1 } }, { q: { d: 1 } }, options as never);
    await expect(call).rejects.toThrow(InvalidOptionError);
    await expect(call).rejects.toThrow(message);
  });

  it("throws for a score or a grade that is not a number, and names it", async () => {
    await expect(evaluateRun({ q: { d: 1 } }, { q: { d: Number.NaN } })).rejects.toThrow('run["q"]["d"]');
    await expect(evaluateRun({ q: { d: 0.5 } }, { q: { d: 1 } })).rejects.toThrow('qrels["q"]["d"]');
    await expect(evaluateRun({}, {}, { measure: ["map"] } as never)).rejects.toThrow(UnknownOptionError);
  });

  it("stops if its signal aborts", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(evaluateRun({ q: { d: 1 } }, { q: { d: 1 } }, { signal })).rejects.toThrow("enough");
  });

  it("gives 1 for the ideal ranking, and less or the same for every other", async () => {
    const graded = fc.dictionary(fc.string({ maxLength: 4 }), fc.integer({ min: -2, max: 4 }), {
      minKeys: 1,
    });
    await fc.assert(
      fc.asyncProperty(graded, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), async (grades, scores) => {
        const qrels = { q: grades };
        const measures = ["ndcg", "ndcgExp@3", "map", "recall", "mrr"] as const;
        const ideal = await evaluateRun(qrels, { q: grades }, { measures });
        const relevant = Object.values(grades).some((grade) => grade > 0);
        for (const measure of measures) expect(ideal.means[measure]).toBeCloseTo(relevant ? 1 : 0, 12);
        const any = Object.fromEntries(Object.keys(grades).map((id) => [id, scores.next().value as number]));
        const other = await evaluateRun(qrels, { q: any }, { measures });
        for (const measure of measures) {
          expect(other.means[measure]).toBeGreaterThanOrEqual(0);
          expect(other.means[measure]).toBeLessThanOrEqual(ideal.means[measure]! + 1e-12);
        }
      }),
    );
  });

  it("sorts a long list as a single sort does", async () => {
    const count = 10_000;
    const run = new Map(Array.from({ length: count }, (_, i) => [`d${i}`, (i * 7_919) % 1_000] as const));
    const order = [...run].sort(([a, x], [b, y]) => y - x || (a < b ? 1 : -1)).map(([id]) => id);
    const place = order.indexOf("d5000");
    const { means } = await evaluateRun({ q: { d5000: 1 } }, { q: run }, { measures: ["mrr"] });
    expect(means.mrr).toBe(1 / (place + 1));
  });
});
