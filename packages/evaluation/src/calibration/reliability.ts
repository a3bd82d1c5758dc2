import { checkBoolean, checkObject, InvalidOptionError } from "@secondpass/core";

/** A stated probability, and whether the passage is relevant. */
export interface StatedProbability {
  /** From 0 to 1. */
  readonly probability: number;
  readonly relevant: boolean;
}

/** The statements of one range of probabilities. */
export interface ReliabilityBin {
  /** Ends of the range. */
  readonly from: number;
  readonly to: number;
  /** How many statements are in it. */
  readonly count: number;
  /** Mean stated probability; 0 for an empty bin. */
  readonly stated: number;
  /** Share that is relevant; 0 for an empty bin. */
  readonly relevant: number;
}

/** How reliable stated probabilities are. */
export interface Reliability {
  /** Ten ranges of the same width. */
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error: mean of |stated − relevant| over the bins, weighted by their counts. 0 is best. */
  readonly calibrationError: number;
  /** Mean of the squared difference of probability and label. 0 is best. */
  readonly brierScore: number;
}

const BINS = 10;

/**
 * Compares stated probabilities with the true labels. Judge a calibration by passages that it was not fitted to.
 * @throws {InvalidOptionError} names the first statement that is not a probability from 0 to 1 and a label
 */
export function reliability(statements: readonly StatedProbability[]): Reliability {
  if (!Array.isArray(statements))
    throw new InvalidOptionError("statements", "a list of stated probabilities", statements);
  const sums = Array.from({ length: BINS }, () => ({ count: 0, stated: 0, relevant: 0 }));
  let squares = 0;
  for (const [i, statement] of statements.entries()) {
    checkObject(`statements[${i}]`, statement);
    const { probability, relevant } = statement;
    checkBoolean(`statements[${i}].relevant`, relevant);
    if (!(probability >= 0 && probability <= 1)) {
      throw new InvalidOptionError(`statements[${i}].probability`, "a number from 0 to 1", probability);
    }
    const bin = sums[binOf(probability)]!;
    bin.count++;
    bin.stated += probability;
    bin.relevant += Number(relevant);
    squares += (probability - Number(relevant)) ** 2;
  }
  const total = Math.max(1, statements.length);
  const bins = sums.map(({ count, stated, relevant }, i) => ({
    from: i / BINS,
    to: (i + 1) / BINS,
    count,
    stated: count === 0 ? 0 : stated / count,
    relevant: count === 0 ? 0 : relevant / count,
  }));
  const error = bins.reduce(
    (sum, { count, stated, relevant }) => sum + count * Math.abs(stated - relevant),
    0,
  );
  return { bins, calibrationError: error / total, brierScore: squares / total };
}

/** A probability between two bins belongs to the lower one, as in scikit-learn. */
function binOf(probability: number): number {
  const bin = Math.ceil(probability * BINS) - 1;
  return Math.min(BINS - 1, Math.max(0, bin));
}
