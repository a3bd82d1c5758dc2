import { relativeBucket } from "./relative-bucket.js";

/** Nearest and farthest offsets that MPNet's buckets tell apart, and their number. Fixed in the Python code. */
const MPNET = { buckets: 32, maxDistance: 128 } as const;

export const MPNET_REACH = MPNET.maxDistance;

/** MPNetEncoder.relative_position_bucket for the query's place minus the key's. */
export function mpnetBucket(offset: number): number {
  return relativeBucket(offset, MPNET);
}
