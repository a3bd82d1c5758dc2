/** The positions start…end-1. */
export function positionRange(start: number, end: number): Uint32Array {
  const positions = new Uint32Array(end - start);
  for (let i = 0; i < positions.length; i++) positions[i] = start + i;
  return positions;
}
