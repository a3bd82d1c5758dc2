import { f32 } from "./f32.js";

/** How T5's relatives tell the distances of tokens apart. */
export interface RelativeBuckets {
  /** Half of them for the tokens before the query. Minimum 4. */
  readonly buckets: number;
  /** From this distance on, all tokens are in one bucket. More than a quarter of `buckets`. */
  readonly maxDistance: number;
}

/** T5Attention._relative_position_bucket for the query's place minus the key's, in float32 as PyTorch does it. */
export function relativeBucket(offset: number, { buckets, maxDistance }: RelativeBuckets): number {
  const half = Math.floor(buckets / 2);
  const exact = Math.floor(half / 2);
  const distance = Math.abs(offset);
  const side = offset < 0 ? half : 0;
  if (distance < exact) return side + distance;
  const log = f32(f32(Math.log(f32(distance / exact))) / f32(Math.log(maxDistance / exact)));
  return side + Math.min(exact + Math.trunc(f32(log * (half - exact))), half - 1);
}
