/**
 * ALiBi's penalty for one position of distance in each head: powers of one number, from about 1/2 down to 1/256. If the number of heads is not
 * a power of two, the heads beyond the next lower power of two get every second slope for twice that power.
 */
export function alibiSlopes(heads: number): number[] {
  const power = 2 ** Math.floor(Math.log2(heads));
  const first = 2 ** (-8 / power);
  const slopes = Array.from({ length: power }, (_, i) => first ** (i + 1));
  if (power === heads) return slopes;
  const others = alibiSlopes(2 * power).filter((_, i) => i % 2 === 0);
  return [...slopes, ...others.slice(0, heads - power)];
}
