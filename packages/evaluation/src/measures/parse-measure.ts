import { InvalidOptionError, nearestName } from "@secondpass/core";
import { averagePrecision } from "./average-precision.js";
import type { JudgedRanking } from "./judged-ranking.js";
import { exponentialNdcg, ndcg } from "./ndcg.js";
import { hitRate, precision, recall } from "./precision.js";
import { reciprocalRank } from "./reciprocal-rank.js";

const KINDS = {
  ndcg,
  ndcgExp: exponentialNdcg,
  mrr: reciprocalRank,
  map: averagePrecision,
  precision,
  recall,
  hitRate,
} as const;

/** The kind of a measure. `ndcgExp` is nDCG with the gains `2^grade - 1`; `hitRate` is trec_eval's success. */
export type MeasureKind = keyof typeof KINDS;

/** A measure by name: `"ndcg@10"` uses the best 10 documents, `"map"` all. */
export type MeasureName = MeasureKind | `${MeasureKind}@${number}`;

/** Your own measure. */
export interface Measure {
  /** Names it in results and reports. */
  readonly name: string;
  /** From 0 to 1, the higher the better. */
  readonly of: (ranking: JudgedRanking) => number;
  /** How many of the best documents it uses. @default all */
  readonly depth?: number;
}

/**
 * The measure of a name; your own measure is returned unchanged.
 * @throws {InvalidOptionError} if the name is unknown, or what follows the `@` is not a positive integer
 */
export function parseMeasure(measure: MeasureName | Measure, option = "measures"): Measure {
  if (typeof measure === "object" && measure !== null) {
    if (typeof measure.name === "string" && typeof measure.of === "function") return measure;
    throw new InvalidOptionError(option, "a name, or an object with `name` and `of`", measure);
  }
  const [, kind = "", cut] = /^([^@]*)(?:@(.*))?$/s.exec(String(measure)) ?? [];
  const of = Object.hasOwn(KINDS, kind) ? KINDS[kind as MeasureKind] : undefined;
  const depth =
    cut === undefined ? Number.POSITIVE_INFINITY : /^[1-9]\d{0,8}$/.test(cut) ? Number(cut) : undefined;
  if (of === undefined || depth === undefined) {
    const nearest = nearestName(kind, Object.keys(KINDS));
    throw new InvalidOptionError(
      option,
      `a measure such as "ndcg@10": one of ${Object.keys(KINDS).join(", ")}, and the number of documents`,
      measure,
      of === undefined && nearest !== undefined ? `Did you mean "${nearest}"?` : "",
    );
  }
  return { name: String(measure), of: (ranking) => of(ranking, depth), depth };
}
