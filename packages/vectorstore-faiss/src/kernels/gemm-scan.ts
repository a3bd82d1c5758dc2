import { isAllowed } from "../index/id-filter.js";
import type { Gemm } from "./gemm-session.js";
import type { ScanRequest } from "./row-store.js";
import { scoreRow } from "./score-row.js";
import type { TopK } from "./top-k.js";
import { workSlices } from "./work-slices.js";

/** A run of padded rows, in memory that may be shared. */
export interface RowRun {
  /** Position of the first row. */
  readonly first: number;
  /** [count, width], zero-padded from the dimensions to the width. */
  readonly rows: Float32Array;
}

/**
 * Scores many queries at once by matrix multiplication, which uses the processor's widest instructions and each row once
 * for all queries. Its float32 sums only tell which rows cannot win; the rest are scored exactly, so that the
 * result is the plain scan's.
 *
 * @param width floats of a padded row
 * @param queries [results.length, dimensions], dense
 */
export async function scanByGemm(
  gemm: Gemm,
  runs: Iterable<RowRun>,
  width: number,
  { metric, allowed, signal }: ScanRequest,
  queries: Float32Array,
  results: readonly TopK[],
): Promise<void> {
  const dimensions = queries.length / results.length;
  const padded = new Float32Array(results.length * width);
  const norms = results.map((_, q) => {
    const query = queries.subarray(q * dimensions, (q + 1) * dimensions);
    padded.set(query, q * width);
    return Math.sqrt(squaresOf(query));
  });
  // Relative error of a float32 sum of `width` products, in whatever order it is made.
  const gamma = (width + 16) * 2 ** -24;
  const isL2 = metric === "l2";
  const slices = workSlices(signal);
  for (const run of runs) {
    if (slices.due()) await slices.pause();
    // A copy: onnxruntime does not take shared memory.
    const rows = run.rows.slice();
    const count = rows.length / width;
    const scores = await gemm(padded, rows, width);
    const squares = Float64Array.from({ length: count }, (_, row) =>
      squaresOf(rows.subarray(row * width, row * width + dimensions)),
    );
    const largest = Math.sqrt(squares.reduce((most, square) => Math.max(most, square), 0));
    results.forEach((best, q) => {
      const norm = norms[q]!;
      const slack = 2 * gamma * norm * largest + (isL2 ? 2 ** -50 * (norm + largest) ** 2 : 0) + 1e-36;
      for (let row = 0; row < count; row++) {
        const dot = scores[q * count + row]!;
        const estimate = isL2 ? 2 * dot - squares[row]! - norm * norm : dot;
        // A sum that overflowed says nothing.
        if (estimate + slack < best.threshold && estimate !== -Infinity) continue;
        const position = run.first + row;
        if (allowed !== undefined && !isAllowed(allowed, position)) continue;
        best.push(scoreRow(metric, queries, q * dimensions, rows, row * width, dimensions), position);
      }
    });
  }
}

function squaresOf(vector: Float32Array): number {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += vector[i]! * vector[i]!;
  return squares;
}
