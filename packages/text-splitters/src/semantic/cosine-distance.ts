/** Computes 1 - cosine of two vectors of the same dimensions; 1 if the length of either is 0 or not finite. */
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
