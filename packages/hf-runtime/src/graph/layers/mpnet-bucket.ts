import { relativeBucket } from "./relative-bucket.js";

/** Number of MPNet's buckets, and the largest distance that they distinguish. Fixed in the Python code. */
const MPNET = { buckets: 32, maxDistance: 128 } as const;

export const MPNET_REACH = MPNET.maxDistance;

/** MPNetEncoder.relative_position_bucket for the query's position minus the key's. */
export function mpnetBucket(offset: number): number {
  return relativeBucket(offset, MPNET);
}
