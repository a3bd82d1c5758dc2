/** Longest range that numpy sums without splitting it. Source: numpy/_core/src/umath/loops_utils.h.src, PW_BLOCKSIZE. */
const BLOCK = 128;
/** Number of separate partial sums of a block, as in numpy. */
const LANES = 8;

/** Sums values in numpy's order of additions, so that means are equal to the last bit. */
export function pairwiseSum(values: ArrayLike<number>, start = 0, end = values.length): number {
  const count = end - start;
  if (count < LANES) return sumOf(values, start, end, 0);
  if (count > BLOCK) {
    const half = Math.floor(count / 2);
    const middle = start + half - (half % LANES);
    return pairwiseSum(values, start, middle) + pairwiseSum(values, middle, end);
  }
  const lanes = Array.from({ length: LANES }, (_, lane) => values[start + lane] as number);
  let position = start + LANES;
  for (; position + LANES <= end; position += LANES) {
    for (let lane = 0; lane < LANES; lane++) lanes[lane] = lanes[lane]! + values[position + lane]!;
  }
  const [a, b, c, d, e, f, g, h] = lanes as [number, number, number, number, number, number, number, number];
  return sumOf(values, position, end, a + b + (c + d) + (e + f + (g + h)));
}

function sumOf(values: ArrayLike<number>, start: number, end: number, first: number): number {
  let sum = first;
  for (let index = start; index < end; index++) sum += values[index]!;
  return sum;
}
