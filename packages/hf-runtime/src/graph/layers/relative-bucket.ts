import { f32 } from "./f32.js";

/** How T5-like models group the distances between tokens. */
export interface RelativeBuckets {
  /** Number of buckets; half of them are for tokens before the query. Minimum 4. */
  readonly buckets: number;
  /** Tokens at this distance or farther share one bucket. It is more than a quarter of `buckets`. */
  readonly maxDistance: number;
}

/** T5Attention._relative_position_bucket for the query's position minus the key's, in float32 as in PyTorch. */
export function relativeBucket(offset: number, { buckets, maxDistance }: RelativeBuckets): number {
  const half = Math.floor(buckets / 2);
  const exact = Math.floor(half / 2);
  const distance = Math.abs(offset);
  const side = offset < 0 ? half : 0;
  if (distance < exact) return side + distance;
  const log = f32(f32(Math.log(f32(distance / exact))) / f32(Math.log(maxDistance / exact)));
  return side + Math.min(exact + Math.trunc(f32(log * (half - exact))), half - 1);
}
