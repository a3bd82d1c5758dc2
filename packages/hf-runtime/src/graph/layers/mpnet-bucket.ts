export const f32 = Math.fround;

/** Nearest and farthest offsets that MPNet's buckets tell apart, and their number. Fixed in the Python code. */
const MPNET = { buckets: 32, maxDistance: 128 } as const;

export const MPNET_REACH = MPNET.maxDistance;

/** MPNetEncoder.relative_position_bucket for the query's place minus the key's, in float32 as PyTorch does it. */
export function mpnetBucket(offset: number): number {
  const half = MPNET.buckets / 2;
  const exact = half / 2;
  const distance = Math.abs(offset);
  const side = offset < 0 ? half : 0;
  if (distance < exact) return side + distance;
  const log = f32(f32(Math.log(f32(distance / exact))) / f32(Math.log(MPNET.maxDistance / exact)));
  return side + Math.min(exact + Math.trunc(f32(log * (half - exact))), half - 1);
}
