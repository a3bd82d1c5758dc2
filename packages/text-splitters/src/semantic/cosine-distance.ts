/** 1 - cosine of two vectors of the same length; 1 if either has no direction, or its length is not a finite number. */
export function cosineDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let product = 0;
  let squaresOfA = 0;
  let squaresOfB = 0;
  for (let index = 0; index < a.length; index++) {
    product += a[index]! * b[index]!;
    squaresOfA += a[index]! * a[index]!;
    squaresOfB += b[index]! * b[index]!;
  }
  const similarity = product / (Math.sqrt(squaresOfA) * Math.sqrt(squaresOfB));
  return Number.isFinite(similarity) ? 1 - similarity : 1;
}
