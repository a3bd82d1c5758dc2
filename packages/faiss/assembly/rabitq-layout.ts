/**
 * The struct of a scan of RaBitQ codes for one query (src/kernels/rabitq-job.ts must have the same numbers). Addresses are byte offsets into
 * the memory.
 */
export const RABITQ_CODES: usize = 0; // codes one after the other; 16 more codes and 16 bytes after them must be readable
export const RABITQ_COUNT: usize = 4; // number of codes
export const RABITQ_CODE_SIZE: usize = 8;
export const RABITQ_SIGN_BYTES: usize = 12; // number of bytes with signs, the first of a code
export const RABITQ_BLOCKS: usize = 16; // number of 16-byte blocks that contain them
export const RABITQ_DIMENSIONS: usize = 20;
export const RABITQ_METRIC: usize = 24;
export const RABITQ_EXTRA_BITS: usize = 28; // bits of an element's size
export const RABITQ_QUERY_BITS: usize = 32; // bits of the query's elements; 0 for float32
export const RABITQ_SHARED: usize = 36; // whether tables are made of the query itself, for codes around any centre
export const RABITQ_QUERY: usize = 40; // f32 elements, 128 for each block, zero-padded
export const RABITQ_CENTRE: usize = 44; // likewise
export const RABITQ_ROTATED: usize = 48; // likewise: the query minus the centre
export const RABITQ_VALUES: usize = 52; // likewise: the values for tables, which are elements or their levels
export const RABITQ_SUMS: usize = 56; // f64 tables: 16 entries for each half of a sign byte
export const RABITQ_ROUNDED: usize = 60; // u8 tables, likewise
export const RABITQ_CENTRE_SUMS: usize = 64; // f32 for each code, subtracted from its sum; 0 for none
export const RABITQ_ALLOWED: usize = 68; // bitmap over these codes, 0 for all
export const RABITQ_HEAP: usize = 72;
export const RABITQ_FIRST: usize = 76; // position of the first code
export const RABITQ_ELEMENTS: usize = 480; // f32: width · value + low; the address of values if these are the same
export const RABITQ_SCALE: usize = 80; // f64: 1 / sqrt(dimensions)
export const RABITQ_SQUARES: usize = 88; // f64: |query|² for inner products
export const RABITQ_APART: usize = 96; // f64: |query - centre|²
export const RABITQ_BASE: usize = 104; // f64: the part that all scores by signs and sizes share
export const RABITQ_TOTAL: usize = 112; // f64: the sum of the elements of the query minus the centre
export const RABITQ_WIDTH: usize = 120; // f64: an element is width · value + low
export const RABITQ_LOW: usize = 128; // f64
export const RABITQ_STEP: usize = 136; // f64: a sum of values is step · (sum of u8 entries) + offset ± slack
export const RABITQ_OFFSET: usize = 144; // f64
export const RABITQ_SLACK: usize = 152; // f64
export const RABITQ_ROUGH: usize = 160; // f32: the sum of u8 entries of each of 16 codes
export const RABITQ_SQUARE: usize = 224; // scratch: 16 × 16 bytes
