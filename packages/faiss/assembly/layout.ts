/**
 * The structs that JavaScript writes (src/kernels/segment.ts and job.ts must have the same numbers). All fields have
 * 4 bytes, little-endian; addresses are byte offsets into the memory.
 */

export const METRIC_IP: i32 = 0;
export const METRIC_L2: i32 = 1;

/** A segment: consecutive rows, with an int8 copy once there are some hundred. */
export const SEGMENT_ROWS: usize = 0; // float32 rows, `stride` bytes each, zero-padded
export const SEGMENT_COUNT: usize = 4; // rows in it
export const SEGMENT_BASE: usize = 8; // position of its first row within the memory, a multiple of 8
export const SEGMENT_QUANTIZED: usize = 12; // rows with an int8 copy, the first ones, a multiple of 4
export const SEGMENT_CODES: usize = 16; // int8 rows, `codeStride` bytes each, zero-padded
export const SEGMENT_SCALES: usize = 20; // f32 for each row: row - centre ≈ scale * code
export const SEGMENT_ERRORS: usize = 24; // f32 for each row: at least |row - centre - scale * code|
export const SEGMENT_SQUARES: usize = 28; // f32 for each row: |row - centre|²
export const SEGMENT_CENTRE: usize = 32; // f32 for each dimension: mean of the rows
export const SEGMENT_MAX_NORM: usize = 36; // f32: at least every |row|
export const SEGMENT_MAX_CENTRED: usize = 40; // f32: at least every |row - centre|
export const SEGMENT_MAX_CODE: usize = 44; // f32: at least every |scale * code|
export const SEGMENT_PROJECTED: usize = 48; // rows with a projection, the first ones, a multiple of 4, no more than are quantized
export const SEGMENT_PROJECTIONS: usize = 52; // projections of the rows, 0 for none

/** A projection: a few directions in which the rows of one memory vary most, and the coding along them. */
export const PROJECTION_DIRECTIONS: usize = 0; // a multiple of 32
export const PROJECTION_CENTRE: usize = 4; // f32 for each dimension, `stride` bytes
export const PROJECTION_BASIS: usize = 8; // orthonormal vectors, `stride` bytes each
export const PROJECTION_STEPS: usize = 12; // f32 for each direction: width of a code's step along it
export const PROJECTION_CENTRED: usize = 16; // four rows minus the centre, `stride` bytes each
export const PROJECTION_COMPONENTS: usize = 20; // f32x4 for each direction: components of four rows
export const PROJECTION_SLACK: usize = 24; // f32: maximum rounding error of the components, relative to the row
export const PROJECTION_REACH: usize = 28; // f32: at least the length of every code
export const PROJECTION_MAX_CENTRED: usize = 32; // f32: at least every |row - centre|

/** A row's projection: its square, rest and error (f32 each), then its codes. All are near one another, for scans in which only few rows are allowed. */
export const PROJECTED_REST: usize = 4;
export const PROJECTED_ERROR: usize = 8;
export const PROJECTED_CODES: usize = 12;

/** A job: one scan of some segments for some queries. */
export const JOB_METRIC: usize = 0;
export const JOB_DIMENSIONS: usize = 4;
export const JOB_STRIDE: usize = 8; // bytes of a padded float32 row, a multiple of 16
export const JOB_CODE_STRIDE: usize = 12; // bytes of a padded int8 row, a multiple of 16
export const JOB_QUERIES: usize = 16; // float32 rows, `stride` bytes each, zero-padded
export const JOB_QUERY_COUNT: usize = 20;
export const JOB_HEAPS: usize = 24; // one heap for each query, `heapBytes` apart
export const JOB_HEAP_BYTES: usize = 28;
export const JOB_SEGMENTS: usize = 32; // addresses of the segments
export const JOB_SEGMENT_COUNT: usize = 36;
export const JOB_ALLOWED: usize = 40; // bitmap over positions, 0 for all
export const JOB_SCRATCH: usize = 44; // SCRATCH_BYTES + 4 * codeStride bytes
export const JOB_GAMMA: usize = 48; // f32: relative error of a float32 sum of this length
export const JOB_USE_INT8: usize = 52;
export const JOB_CANCELLED: usize = 56; // set to 1 by another thread: stop after the segment
export const JOB_PROJECTION: usize = 60; // the memory's projection, 0 for none
export const JOB_BOUNDS: usize = 64; // f32 for each row: upper bound of its score; segment after segment, query after query. Without projections, room for the rows of one segment
export const JOB_BOUNDED: usize = 68; // i32 for each segment: number of rows with bounds
export const JOB_SEGMENT_GROUPS: usize = 72; // maximum number of groups of a segment
export const JOB_SEEDS: usize = 76; // one heap of groups for each query, `seedBytes` apart
export const JOB_SEED_BYTES: usize = 80;
export const JOB_PROJECTED_QUERY: usize = 84; // room for a projected query: its header and 2 * directions bytes
export const JOB_BATCH: usize = 88; // scratch memory of `scanBatch`, 0 to scan for each query

/** Rows whose scores are computed before any is checked: their scores stay in the first-level cache. */
export const BLOCK_ROWS: i32 = 256;
export const SCRATCH_BYTES: usize = 2048;

/** Limit of products of norms, beyond which float32 sums could overflow. */
export const FLOAT32_REACH: f64 = 1e37;
