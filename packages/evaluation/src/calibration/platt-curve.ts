import { CalibrationError } from "../errors/calibration-error.js";
import type { LabelledScore } from "./labelled-score.js";
import type { ScoreCurve } from "./score-curve.js";

/** A calibration by a sigmoid: `1 / (1 + exp(-(slope · score + intercept)))`. */
export interface PlattParameters {
  readonly method: "platt";
  /** Above 0. */
  readonly slope: number;
  readonly intercept: number;
}

const MAX_STEPS = 200;

/** Smallest part of a step in the line search; smaller ones change nothing. */
const MIN_SIZE = 1e-10;

/** Relative error of a sum of many float64. */
const ROUNDING = 1e-14;

/**
 * Platt's sigmoid: slope and intercept of the greatest likelihood under his smoothed targets, by Newton's method with a line search, as Lin,
 * Lin and Weng describe ("A note on Platt's probabilistic outputs for support vector machines", 2007).
 * @param labelled scores of relevant passages and of others, at least one of each (`checkLabelled`)
 * @throws {CalibrationError} if relevant passages do not have the higher scores
 */
export function fitPlatt(labelled: readonly LabelledScore[]): PlattParameters {
  const { center, scale } = spreadOf(labelled);
  const positives = labelled.filter(({ relevant }) => relevant).length;
  const negatives = labelled.length - positives;
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (negatives + 2)];
  // Scores of any unit become about -1 to 1, which keeps the steps well conditioned.
  const points = {
    xs: Float64Array.from(labelled, ({ score }) => (score - center) / scale),
    targets: Float64Array.from(labelled, ({ relevant }) => (relevant ? high : low)),
  };
  let [slope, intercept] = [0, Math.log((positives + 1) / (negatives + 1))];
  let loss = lossOf(points, slope, intercept);
  for (let step = 0; step < MAX_STEPS; step++) {
    const { g0, g1, h00, h01, h11 } = derivativesOf(points, slope, intercept);
    const determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 0)) break;
    const [towardsSlope, towardsIntercept] = [
      -(h11 * g0 - h01 * g1) / determinant,
      -(h00 * g1 - h01 * g0) / determinant,
    ];
    let size = 1;
    let next = lossOf(points, slope + towardsSlope, intercept + towardsIntercept);
    // Near the optimum, steps change the loss by less than its rounding.
    while (!(next <= loss * (1 + ROUNDING)) && size > MIN_SIZE) {
      size /= 2;
      next = lossOf(points, slope + size * towardsSlope, intercept + size * towardsIntercept);
    }
    if (size <= MIN_SIZE) break;
    slope += size * towardsSlope;
    intercept += size * towardsIntercept;
    loss = next;
    if (Math.abs(towardsSlope) + Math.abs(towardsIntercept) <= ROUNDING * (Math.abs(slope) + 1)) break;
  }
  const fitted = { slope: slope / scale, intercept: intercept - (slope * center) / scale };
  if (!(fitted.slope > 0 && Number.isFinite(fitted.slope) && Number.isFinite(fitted.intercept))) {
    throw new CalibrationError(
      "Expected relevant passages to have higher scores than others, got scores that do not rise with relevance. " +
        "Check the labels, and that a higher score means more relevant.",
    );
  }
  return { method: "platt", ...fitted };
}

/** Scaled scores, and the target of the sigmoid for each. */
interface Points {
  readonly xs: Float64Array;
  readonly targets: Float64Array;
}

function spreadOf(labelled: readonly LabelledScore[]): { readonly center: number; readonly scale: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { score } of labelled) {
    least = Math.min(least, score);
    most = Math.max(most, score);
  }
  const half = most / 2 - least / 2;
  return { center: least + half, scale: half === 0 ? 1 : half };
}

/** Negative log-likelihood. */
function lossOf({ xs, targets }: Points, slope: number, intercept: number): number {
  let loss = 0;
  for (let i = 0; i < xs.length; i++) {
    const logit = slope * xs[i]! + intercept;
    // log(1 + exp(logit)) without overflow.
    loss += Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - targets[i]! * logit;
  }
  return loss;
}

function derivativesOf({ xs, targets }: Points, slope: number, intercept: number) {
  let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
  for (let i = 0; i < xs.length; i++) {
    const [x, target] = [xs[i]!, targets[i]!];
    const probability = sigmoid(slope * x + intercept);
    const weight = probability * (1 - probability);
    g0 += (probability - target) * x;
    g1 += probability - target;
    h00 += weight * x * x;
    h01 += weight * x;
    h11 += weight;
  }
  return { g0, g1, h00, h01, h11 };
}

/** The curve of these parameters. */
export function plattCurve({ slope, intercept }: PlattParameters): ScoreCurve {
  return { probability: (score) => sigmoid(slope * score + intercept) };
}

function sigmoid(logit: number): number {
  const small = Math.exp(-Math.abs(logit));
  return logit >= 0 ? 1 / (1 + small) : small / (1 + small);
}
