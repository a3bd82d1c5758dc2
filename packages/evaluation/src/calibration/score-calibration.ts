import { checkKnownOptions, checkOneOf, checkText, InvalidOptionError } from "@secondpass/core";
import { CalibrationError } from "../errors/calibration-error.js";
import { checkLabelled } from "./check-labelled.js";
import { fitIsotonic, type IsotonicParameters, isotonicCurve } from "./isotonic-curve.js";
import type { LabelledScore } from "./labelled-score.js";
import { countScores, type OperatingPoint, operatingPoints, type ScoreCounts } from "./operating-points.js";
import { fitPlatt, type PlattParameters, plattCurve } from "./platt-curve.js";
import type { ScoreCurve } from "./score-curve.js";
import { scorePoints } from "./score-points.js";

/** Settings of {@link ScoreCalibration.fit}. */
export interface FitCalibrationOptions {
  /** Id of the model that gave the scores, such as `"BAAI/bge-reranker-base"`. It is saved, and checked on loading. */
  readonly model: string;
  /**
   * `"platt"`: a sigmoid, for a few dozen labels. `"isotonic"`: any curve that never falls, for about a thousand labels or more.
   * @default "platt"
   */
  readonly method?: "platt" | "isotonic";
}

/** The goal of a threshold on the labelled passages: exactly one of the three. */
export interface ThresholdGoal {
  /** At least this precision, with as much recall as possible. Above 0, at most 1. */
  readonly precision?: number;
  /** At least this recall, with as much precision as possible. Above 0, at most 1. */
  readonly recall?: number;
  /** The best F1. */
  readonly f1?: true;
}

/** A threshold, with its precision and recall on the labelled passages. */
export interface CalibratedThreshold extends OperatingPoint {
  /** Probability at the score: the threshold on the calibrated scale. */
  readonly probability: number;
}

/** The plain data of a calibration. */
export interface CalibrationData {
  readonly model: string;
  readonly curve: IsotonicParameters | PlattParameters;
  readonly counts: ScoreCounts;
}

/**
 * Converts a model's scores to the probability that a passage is relevant, fitted to labelled scores. It is valid for passages like the labelled
 * ones: label passages that your first pass finds, not random ones.
 *
 * @example
 * const calibration = ScoreCalibration.fit(labelled, { model: "BAAI/bge-reranker-base" });
 * calibration.probability(0.3); // 0.71…
 * calibration.thresholdFor({ precision: 0.9 }).probability;
 */
export class ScoreCalibration implements ScoreCurve {
  private readonly curve: ScoreCurve;

  /** @param data the result of `toJSON` */
  constructor(private readonly data: CalibrationData) {
    this.curve = data.curve.method === "platt" ? plattCurve(data.curve) : isotonicCurve(data.curve);
  }

  /**
   * @param labelled at most 20 000, of both kinds
   * @throws {InvalidOptionError} {@link UnknownOptionError}
   * @throws {CalibrationError} if the labels are all the same, or, with `"platt"`, scores do not rise with relevance
   */
  static fit(labelled: readonly LabelledScore[], options: FitCalibrationOptions): ScoreCalibration {
    checkKnownOptions(options, ["model", "method"], "ScoreCalibration.fit");
    const model = checkText(options?.model, "model");
    const method = checkOneOf("method", options.method ?? "platt", ["platt", "isotonic"] as const);
    checkLabelled(labelled);
    const points = scorePoints(labelled);
    const curve = method === "platt" ? fitPlatt(labelled) : fitIsotonic(points);
    return new ScoreCalibration({ model, curve, counts: countScores(points) });
  }

  /** Id of the model that gave the scores. */
  get model(): string {
    return this.data.model;
  }

  get method(): "platt" | "isotonic" {
    return this.data.curve.method;
  }

  /** How many scores it was fitted to, and how many of them were relevant. */
  get labels(): { readonly count: number; readonly relevant: number } {
    return { count: this.data.counts.passed.at(-1) ?? 0, relevant: this.data.counts.relevant.at(-1) ?? 0 };
  }

  /**
   * The probability that a passage of this score is relevant, from 0 to 1. It never falls with the score.
   * @throws {InvalidOptionError} if the score is not a number
   */
  probability(score: number): number {
    if (typeof score !== "number" || Number.isNaN(score)) {
      throw new InvalidOptionError("score", "a number", score);
    }
    return this.curve.probability(score);
  }

  /**
   * The threshold that reaches a goal on the labelled passages.
   * @throws {InvalidOptionError} if there is not exactly one goal
   * @throws {CalibrationError} if no threshold reaches it; the message has the best value that one reaches
   */
  thresholdFor(goal: ThresholdGoal): CalibratedThreshold {
    const { measure, least, other } = checkGoal(goal);
    const points = operatingPoints(this.data.counts);
    const best = points
      .filter((point) => point[measure] >= least)
      .reduce<OperatingPoint | undefined>(
        (found, point) => (found && found[other] >= point[other] ? found : point),
        undefined,
      );
    if (best === undefined) {
      const most = Math.max(...points.map((point) => point[measure]));
      throw new CalibrationError(
        `Expected a threshold with a ${measure} of at least ${least}, got ${most.toFixed(3)} at most. ` +
          "Ask for less, or use a better model.",
      );
    }
    return { ...best, probability: this.probability(best.score) };
  }

  /** Plain data, for `JSON.stringify` and the constructor. */
  toJSON(): CalibrationData {
    return this.data;
  }
}

const GOALS = ["precision", "recall", "f1"] as const;

function checkGoal(goal: ThresholdGoal) {
  checkKnownOptions(goal, GOALS, "thresholdFor");
  const given = GOALS.filter((name) => goal?.[name] !== undefined);
  const [measure] = given;
  if (measure === undefined || given.length > 1) {
    throw new InvalidOptionError("goal", "one of { precision }, { recall } and { f1: true }", goal);
  }
  if (measure === "f1") {
    if (goal.f1 !== true) throw new InvalidOptionError("goal.f1", "true", goal.f1);
    return { measure, least: 0, other: measure } as const;
  }
  const least = goal[measure]!;
  if (!(typeof least === "number" && least > 0 && least <= 1)) {
    throw new InvalidOptionError(`goal.${measure}`, "a number above 0 and at most 1", least);
  }
  return { measure, least, other: measure === "recall" ? "precision" : "recall" } as const;
}
