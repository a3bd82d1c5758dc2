/**
 * The structs that JavaScript writes (src/kernels/segment.ts and job.ts say the same numbers; keep both alike). All fields are
 * 4 bytes, little-endian; addresses are byte offsets into the memory.
 */

export const METRIC_IP: i32 = 0;
export const METRIC_L2: i32 = 1;

/** Segment: a run of consecutive rows with, once they are some hundred, an int8 copy of them. */
export const SEGMENT_ROWS: usize = 0; // float32 rows, `stride` bytes each, zero-padded
export const SEGMENT_COUNT: usize = 4; // rows in it
export const SEGMENT_BASE: usize = 8; // position of its first row within the memory, a multiple of 8
export const SEGMENT_QUANTIZED: usize = 12; // rows with an int8 copy, the first ones, a multiple of 4
export const SEGMENT_CODES: usize = 16; // int8 rows, `codeStride` bytes each, zero-padded; of each 4 rows 8 bytes in turn
export const SEGMENT_SCALES: usize = 20; // f32 a row: row - centre ≈ scale * code
export const SEGMENT_ERRORS: usize = 24; // f32 a row: at least |row - centre - scale * code|
export const SEGMENT_SQUARES: usize = 28; // f32 a row: |row - centre|²
export const SEGMENT_CENTRE: usize = 32; // f32 a dimension: mean of the rows
export const SEGMENT_MAX_NORM: usize = 36; // f32: at least every |row|
export const SEGMENT_MAX_CENTRED: usize = 40; // f32: at least every |row - centre|
export const SEGMENT_MAX_CODE: usize = 44; // f32: at least every |scale * code|

/** Job: one scan of some segments for some queries. */
export const JOB_METRIC: usize = 0;
export const JOB_DIMENSIONS: usize = 4;
export const JOB_STRIDE: usize = 8; // bytes of a padded float32 row, a multiple of 16
export const JOB_CODE_STRIDE: usize = 12; // bytes of a padded int8 row, a multiple of 16
export const JOB_QUERIES: usize = 16; // float32 rows, `stride` bytes each, zero-padded
export const JOB_QUERY_COUNT: usize = 20;
export const JOB_HEAPS: usize = 24; // one heap a query, `heapBytes` apart
export const JOB_HEAP_BYTES: usize = 28;
export const JOB_SEGMENTS: usize = 32; // addresses of the segments
export const JOB_SEGMENT_COUNT: usize = 36;
export const JOB_ALLOWED: usize = 40; // bitmap over positions, 0 for all
export const JOB_SCRATCH: usize = 44; // SCRATCH_BYTES + 4 * codeStride bytes
export const JOB_GAMMA: usize = 48; // f32: relative error of a float32 sum of this length
export const JOB_USE_INT8: usize = 52;
export const JOB_CANCELLED: usize = 56; // set to 1 from outside: stop after the segment

/** Rows whose scores are computed before any is looked at: their scores stay in the first-level cache. */
export const BLOCK_ROWS: i32 = 256;
export const SCRATCH_BYTES: usize = 2048;

/** Products of norms beyond this could overflow float32 sums on the way. */
export const FLOAT32_REACH: f64 = 1e37;
