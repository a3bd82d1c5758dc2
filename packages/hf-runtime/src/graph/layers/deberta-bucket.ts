import { f32 } from "./f32.js";

/** make_log_bucket_position of DeBERTa-v2 for the query's position minus the key's, in float32 as in PyTorch. */
export function debertaBucket(offset: number, buckets: number, maxPosition: number): number {
  const middle = Math.floor(buckets / 2);
  const distance = Math.abs(offset);
  if (distance <= middle) return offset;
  const log = f32(f32(Math.log(f32(distance / middle))) / f32(Math.log(f32((maxPosition - 1) / middle))));
  return (Math.ceil(f32(log * (middle - 1))) + middle) * Math.sign(offset);
}
