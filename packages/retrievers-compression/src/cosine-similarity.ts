import { InvalidOptionError } from "@secondpass/core";

/** Compares every row of one matrix with every row of another: higher means more similar. */
export type SimilarityFunction = (
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
) => number[][];

/**
 * Cosine of the angle between rows, −1 to 1: [n][d] and [m][d] → [n][m]. A row of zeros has no direction and gets 0 with
 * every row, as in LangChain Python.
 * @throws {InvalidOptionError} if one is not a list of rows, or a row has another number of dimensions than the first
 */
export const cosineSimilarity: SimilarityFunction = (a, b) => {
  const dimensions = (a?.[0] ?? b?.[0])?.length ?? 0;
  checkMatrix("a", a, dimensions);
  checkMatrix("b", b, dimensions);
  const lengths = b.map(length);
  return a.map((left) => {
    const leftLength = length(left);
    return b.map((right, column) => dot(left, right) / (leftLength * (lengths[column] as number)) || 0);
  });
};

function checkMatrix(name: string, rows: unknown, dimensions: number): void {
  if (!Array.isArray(rows)) throw new InvalidOptionError(name, "a list of rows of numbers", rows);
  for (const [i, row] of rows.entries()) {
    const isRow = (Array.isArray(row) || ArrayBuffer.isView(row)) && "length" in row;
    if (!isRow || row.length !== dimensions)
      throw new InvalidOptionError(`${name}[${i}]`, `a row of ${dimensions} numbers`, row);
  }
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function length(vector: readonly number[]): number {
  return Math.sqrt(dot(vector, vector));
}
