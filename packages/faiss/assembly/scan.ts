import {
  FLOAT32_REACH,
  JOB_ALLOWED,
  JOB_BATCH,
  JOB_BOUNDED,
  JOB_BOUNDS,
  JOB_CANCELLED,
  JOB_CODE_STRIDE,
  JOB_DIMENSIONS,
  JOB_GAMMA,
  JOB_HEAPS,
  JOB_HEAP_BYTES,
  JOB_METRIC,
  JOB_PROJECTION,
  JOB_QUERIES,
  JOB_QUERY_COUNT,
  JOB_SCRATCH,
  JOB_SEGMENTS,
  JOB_SEGMENT_COUNT,
  JOB_SEGMENT_GROUPS,
  JOB_STRIDE,
  JOB_USE_INT8,
  METRIC_IP,
  SEGMENT_BASE,
  SEGMENT_COUNT,
  SEGMENT_MAX_NORM,
  SEGMENT_QUANTIZED,
  SEGMENT_ROWS,
} from "./layout";
import { bound, projectQueries, seed } from "./bound";
import { published } from "./published";
import { scanBatch } from "./scan-batch";
import { scanFloat32 } from "./scan-float32";
import { scanInt8 } from "./scan-int8";

/** Runs a whole job: bounds if there are projections, then the scan of the remaining rows. */
export function runJob(job: usize): void {
  const segments = load<i32>(job, JOB_SEGMENT_COUNT);
  if (load<i32>(job, JOB_PROJECTION) != 0) {
    projectQueries(job);
    bound(job, 0, segments);
    if (load<i32>(job, JOB_CANCELLED) != 0) return;
    seed(job, 0, load<i32>(job, JOB_QUERY_COUNT));
  }
  scan(job, 0, segments);
}

/**
 * Scans segments first…last-1 of a job for each of its queries, and adds to the queries' heaps. Segment by segment, so
 * that rows stay in the cache for a batch of queries.
 */
export function scan(job: usize, first: i32, last: i32): void {
  const metric = load<i32>(job, JOB_METRIC);
  const dimensions = load<i32>(job, JOB_DIMENSIONS);
  const stride: usize = load<u32>(job, JOB_STRIDE);
  const codeStride: usize = load<u32>(job, JOB_CODE_STRIDE);
  const queries: usize = load<u32>(job, JOB_QUERIES);
  const queryCount = load<i32>(job, JOB_QUERY_COUNT);
  const heaps: usize = load<u32>(job, JOB_HEAPS);
  const heapBytes: usize = load<u32>(job, JOB_HEAP_BYTES);
  const segments: usize = load<u32>(job, JOB_SEGMENTS);
  const bitmap: usize = load<u32>(job, JOB_ALLOWED);
  const scratch: usize = load<u32>(job, JOB_SCRATCH);
  const gamma = load<f32>(job, JOB_GAMMA);
  const useInt8 = load<i32>(job, JOB_USE_INT8) != 0;
  const hasBounds = load<i32>(job, JOB_PROJECTION) != 0;
  const segmentCount = load<i32>(job, JOB_SEGMENT_COUNT);
  const segmentGroups: usize = load<u32>(job, JOB_SEGMENT_GROUPS);
  const batch: usize = load<u32>(job, JOB_BATCH);
  for (let s = first; s < last; s++) {
    if (load<i32>(job, JOB_CANCELLED) != 0) return;
    const segment: usize = load<u32>(segments + (<usize>s << 2));
    const base = load<u32>(segment, SEGMENT_BASE);
    const count = load<i32>(segment, SEGMENT_COUNT);
    const rows: usize = load<u32>(segment, SEGMENT_ROWS);
    const allowed: usize = bitmap == 0 ? 0 : bitmap + <usize>(base >> 3);
    const bounded = hasBounds ? load<i32>(<usize>load<u32>(job, JOB_BOUNDED) + (<usize>s << 2)) : 0;
    const hasInt8 = useInt8 && published(segment + SEGMENT_QUANTIZED) > 0;
    const together =
      batch != 0 && hasInt8
        ? scanBatch(metric, queries, queryCount, segment, dimensions, stride, codeStride, allowed, heaps, heapBytes, scratch, batch)
        : 0;
    for (let q = 0; q < queryCount; q++) {
      const query = queries + <usize>q * stride;
      const heap = heaps + <usize>q * heapBytes;
      let done = together;
      if (together == 0 && hasInt8) {
        const bounds = <usize>load<u32>(job, JOB_BOUNDS) + (<usize>(q * segmentCount + s) * segmentGroups << 4);
        done = scanInt8(metric, query, segment, dimensions, stride, codeStride, allowed, heap, scratch, bounds, bounded);
      }
      if (done < count) {
        const slack = metric == METRIC_IP ? innerProductSlack(query, segment, stride, gamma) : 0;
        scanFloat32(metric, query, rows, stride, done, count, base, allowed, gamma, slack, heap, scratch);
      }
    }
  }
}

/** gamma * |query| * max |row|: the maximum error of a float32 dot product. */
function innerProductSlack(query: usize, segment: usize, stride: usize, gamma: f32): f32 {
  const maxNorm = load<f32>(segment, SEGMENT_MAX_NORM);
  let squares: f64 = 0;
  for (let i: usize = 0; i < stride; i += 4) {
    const q = <f64>load<f32>(query + i);
    squares += q * q;
  }
  const reach = sqrt(squares) * <f64>maxNorm;
  // Near float32's maximum a partial sum may overflow: every row is then scored exactly.
  return reach > FLOAT32_REACH ? Infinity : <f32>(reach * <f64>gamma * (1.0 + 1e-6) + 1e-36);
}
