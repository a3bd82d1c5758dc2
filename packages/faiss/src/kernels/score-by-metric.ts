import { isSimilarity, type Metric } from "../contract/metric.js";

/** Accumulates pairs of elements, and returns the distance as faiss reports it. */
type Comparison = (
  a: Float32Array,
  aStart: number,
  b: Float32Array,
  bStart: number,
  length: number,
) => number;

/**
 * The score of one row by a metric other than l2 and the inner product: larger is nearer. Formulas are faiss's.
 * @param metricArg the power of `"lp"`
 */
export function scoreByMetric(
  metric: Metric,
  metricArg: number,
  queries: Float32Array,
  queryStart: number,
  rows: Float32Array,
  rowStart: number,
  dimensions: number,
): number {
  const compare = metric === "lp" ? powers(metricArg) : COMPARISONS[metric]!;
  const value = compare(queries, queryStart, rows, rowStart, dimensions);
  return isSimilarity(metric) ? value : -value;
}

const COMPARISONS: Readonly<Partial<Record<Metric, Comparison>>> = {
  l1: powers(1),
  linf(a, i, b, j, length) {
    let most = 0;
    for (let at = 0; at < length; at++) most = Math.max(most, Math.abs(a[i + at]! - b[j + at]!));
    return most;
  },
  canberra(a, i, b, j, length) {
    let sum = 0;
    for (let at = 0; at < length; at++) {
      const [x, y] = [a[i + at]!, b[j + at]!];
      sum += Math.abs(x - y) / (Math.abs(x) + Math.abs(y));
    }
    return sum;
  },
  bray_curtis(a, i, b, j, length) {
    let [apart, together] = [0, 0];
    for (let at = 0; at < length; at++) {
      const [x, y] = [a[i + at]!, b[j + at]!];
      apart += Math.abs(x - y);
      together += Math.abs(x + y);
    }
    return apart / together;
  },
  jensen_shannon(a, i, b, j, length) {
    let sum = 0;
    for (let at = 0; at < length; at++) {
      const [x, y] = [a[i + at]!, b[j + at]!];
      const middle = (x + y) / 2;
      sum -= x * Math.log(middle / x) + y * Math.log(middle / y);
    }
    return sum / 2;
  },
  jaccard(a, i, b, j, length) {
    let [least, most] = [0, 0];
    for (let at = 0; at < length; at++) {
      const [x, y] = [a[i + at]!, b[j + at]!];
      least += Math.min(x, y);
      most += Math.max(x, y);
    }
    return least / most;
  },
  // Vectors and queries have no NaN here, so no scaling is needed.
  nan_euclidean: powers(2),
  /** Numbers from 0 to 1 are compared by difference, negative ones are categories. */
  gower(a, i, b, j, length) {
    let sum = 0;
    for (let at = 0; at < length; at++) {
      const [x, y] = [a[i + at]!, b[j + at]!];
      if (x >= 0 && y >= 0) sum += Math.abs(x - y);
      else if (x < 0 && y < 0) sum += x === y ? 0 : 1;
      else return Number.NaN;
    }
    return sum / length;
  },
};

function powers(exponent: number): Comparison {
  return (a, i, b, j, length) => {
    let sum = 0;
    for (let at = 0; at < length; at++) {
      const apart = Math.abs(a[i + at]! - b[j + at]!);
      sum += exponent === 1 ? apart : apart ** exponent;
    }
    return sum;
  };
}
