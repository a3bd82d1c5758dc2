/** Rounds up to a multiple of `unit`, a power of two. Works beyond 2^31, where bit operations would not. */
export function alignUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
