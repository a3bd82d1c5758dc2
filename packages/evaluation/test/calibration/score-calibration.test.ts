import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { InvalidOptionError, UnknownOptionError } from "@secondpass/core";
import * as fc from "fast-check";
import {
  CalibrationError,
  CalibrationFileError,
  CalibrationModelError,
  FileReadError,
  type LabelledScore,
  loadCalibration,
  ScoreCalibration,
  saveCalibration,
} from "../../src/index.js";
import golden from "../goldens/calibration.json";

/** Largest difference from scikit-learn. */
const TOLERANCE = 1e-9;

const model = "a-reranker";
const labelledOf = (scores: readonly number[], relevant: readonly boolean[]): LabelledScore[] =>
  scores.map((score, i) => ({ score, relevant: relevant[i]! }));
const some = labelledOf([-2, -1, 0, 1, 2, 3], [false, false, true, false, true, true]);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "calibration-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("ScoreCalibration", () => {
  it.each(golden.cases.map((example, i) => [i, example] as const))(
    "fits as scikit-learn, case %d",
    (_, { scores, relevant, probes, isotonic, platt }) => {
      const labelled = labelledOf(scores, relevant);
      const steps = ScoreCalibration.fit(labelled, { model, method: "isotonic" });
      const sigmoid = ScoreCalibration.fit(labelled, { model });
      for (const [i, probe] of probes.entries()) {
        expect(Math.abs(steps.probability(probe) - isotonic[i]!)).toBeLessThanOrEqual(TOLERANCE);
        expect(Math.abs(sigmoid.probability(probe) - platt[i]!)).toBeLessThanOrEqual(TOLERANCE);
      }
    },
  );

  it("never falls, stays from 0 to 1, and is the same after saving", async () => {
    const item = fc.record({
      score: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
      relevant: fc.boolean(),
    });
    const path = join(folder, "any");
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { minLength: 2, maxLength: 30 }),
        fc.constantFrom("platt" as const, "isotonic" as const),
        async (labelled, method) => {
          fc.pre(labelled.some(({ relevant }) => relevant) && labelled.some(({ relevant }) => !relevant));
          let calibration: ScoreCalibration;
          try {
            calibration = ScoreCalibration.fit(labelled, { model, method });
          } catch (error) {
            if (method === "platt" && error instanceof CalibrationError) return;
            throw error;
          }
          const probes = labelled.map(({ score }) => score).concat(-1e300, 0, 1e300, -Infinity, Infinity);
          const values = probes.sort((a, b) => a - b).map((score) => calibration.probability(score));
          for (const [i, value] of values.entries()) {
            expect(value).toBeGreaterThanOrEqual(values[i - 1] ?? 0);
            expect(value).toBeLessThanOrEqual(1);
          }
          await saveCalibration(calibration, path);
          const loaded = await loadCalibration(path, { model });
          expect(loaded.toJSON()).toEqual(JSON.parse(JSON.stringify(calibration.toJSON())));
          expect(probes.map((score) => loaded.probability(score))).toEqual(values);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("gives thresholds that reach a goal", () => {
    const calibration = ScoreCalibration.fit(some, { model, method: "isotonic" });
    expect(calibration.thresholdFor({ precision: 1 })).toMatchObject({
      score: 2,
      precision: 1,
      recall: 2 / 3,
    });
    expect(calibration.thresholdFor({ recall: 1 })).toMatchObject({ score: 0, precision: 0.75, recall: 1 });
    expect(calibration.thresholdFor({ f1: true })).toMatchObject({ score: 0, f1: 6 / 7, probability: 0.5 });
    expect(calibration).toMatchObject({ model, method: "isotonic", labels: { count: 6, relevant: 3 } });
  });

  it("reports the best precision if the goal cannot be reached", () => {
    const calibration = ScoreCalibration.fit(labelledOf([1, 2, 3], [true, true, false]), {
      model,
      method: "isotonic",
    });
    expect(() => calibration.thresholdFor({ precision: 0.9 })).toThrow(/got 0\.667 at most/);
  });

  it.each([
    ["no goal", {}],
    ["two goals", { precision: 0.5, recall: 0.5 }],
    ["a precision above 1", { precision: 90 }],
    ["a recall of 0", { recall: 0 }],
    ["f1 of a number", { f1: 0.5 }],
  ])("throws for %s", (_, goal) => {
    expect(() => ScoreCalibration.fit(some, { model }).thresholdFor(goal as never)).toThrow(
      InvalidOptionError,
    );
  });

  it("throws for labels that cannot be fitted", () => {
    expect(() => ScoreCalibration.fit([], { model })).toThrow(CalibrationError);
    expect(() => ScoreCalibration.fit(labelledOf([1, 2], [true, true]), { model })).toThrow(
      /2 relevant of 2/,
    );
    expect(() => ScoreCalibration.fit(labelledOf([1, 2], [true, false]), { model })).toThrow(/do not rise/);
    expect(() => ScoreCalibration.fit([{ score: Number.NaN, relevant: true }], { model })).toThrow(
      "labelled[0].score",
    );
    expect(() => ScoreCalibration.fit([{ score: 1, relevant: 1 }] as never, { model })).toThrow(
      "labelled[0].relevant",
    );
    expect(() => ScoreCalibration.fit(some, {} as never)).toThrow("model");
    expect(() => ScoreCalibration.fit(some, { model, kind: "platt" } as never)).toThrow(UnknownOptionError);
    expect(() => ScoreCalibration.fit(some, { model }).probability(Number.NaN)).toThrow("score");
  });

  it("loads only its own files, for the model that it was fitted for", async () => {
    const path = join(folder, "saved");
    await saveCalibration(ScoreCalibration.fit(some, { model }), path);
    await expect(loadCalibration(path, { model: "another" })).rejects.toThrow(CalibrationModelError);
    await expect(loadCalibration(join(folder, "none"), { model })).rejects.toThrow(FileReadError);
    const text = await readFile(path, "utf8");
    const { format, curve, counts } = JSON.parse(text);
    const broken = [
      text.slice(0, -20),
      "[]",
      JSON.stringify({ format: "other", model, curve, counts }),
      JSON.stringify({ format, model, curve: { ...curve, slope: -1 }, counts }),
      JSON.stringify({ format, model, curve, counts: { ...counts, passed: [1] } }),
      JSON.stringify({ format, curve, counts }),
      JSON.stringify({
        format,
        model,
        curve: { method: "isotonic", scores: [1, 2], probabilities: [0.5, 0.4] },
        counts,
      }),
    ];
    for (const content of broken) {
      await writeFile(path, content);
      await expect(loadCalibration(path, { model })).rejects.toThrow(CalibrationFileError);
    }
  });
});
