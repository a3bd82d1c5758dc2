/**
 * The graph's struct, which JavaScript writes (the same as in src/kernels/graph.ts). Fields have 4 bytes.
 * Nodes are stored in chunks of 2^shift: the float32 rows, the int8 codes and the links of a chunk each have an address.
 */
export const GRAPH_ROWS: usize = 0; // u32 address for each chunk: float32 rows, `stride` bytes each
export const GRAPH_CODES: usize = 4; // u32 address for each chunk: int8 codes, `codeStride` bytes each
export const GRAPH_LINKS: usize = 8; // u32 address for each chunk: room for visited marks, addresses of upper links, level-0 links
export const GRAPH_SHIFT: usize = 12;
export const GRAPH_STRIDE: usize = 16;
export const GRAPH_CODE_STRIDE: usize = 20;
export const GRAPH_METRIC: usize = 24;
export const GRAPH_SLOTS: usize = 28; // i32 for each level and one more: faiss's cum_nneighbor_per_level
export const GRAPH_ENTRY: usize = 32; // node, -1 while empty
export const GRAPH_MAX_LEVEL: usize = 36; // -1 while empty
export const GRAPH_EPOCH: usize = 40; // mark of the current search
export const GRAPH_CENTRE: usize = 44; // f32 for each dimension, subtracted before encoding
export const GRAPH_DIMENSIONS: usize = 48;
export const GRAPH_CANDIDATES: usize = 52; // room for `candidateCapacity` pairs
export const GRAPH_CANDIDATE_CAPACITY: usize = 56;
export const GRAPH_RESULTS: usize = 60; // room for ef pairs
export const GRAPH_SELECTION: usize = 64; // room for slots + 1 pairs, and as many ids
export const GRAPH_ALLOWED: usize = 68; // bitmap over nodes, 0 for all
export const GRAPH_LEVEL_WIDTH: usize = 72; // level-0 slots, a copy of SLOTS[1]
export const GRAPH_ENCODED: usize = 76; // nodes that have a code, the first ones
export const GRAPH_MAX_NORM: usize = 80; // f32: at least |row| of every node that has a code
export const GRAPH_MAX_CENTRED: usize = 84; // f32: at least every |row - centre|
export const GRAPH_MAX_CODE: usize = 88; // f32: at least every |scale·code|
export const GRAPH_COUNT: usize = 92; // nodes
export const GRAPH_LANES: usize = 96; // room for the distances of four nodes
export const GRAPH_SUM_ERRORS: usize = 112; // f64: sum of error² over all codes
export const GRAPH_SUM_SQUARES: usize = 120; // f64: sum of |row - centre|²
export const GRAPH_MARKS: usize = 128; // u32 address for each chunk: visited marks, separate for each thread
export const GRAPH_MAX_VISITS: usize = 132; // maximum number of nodes whose links a walk with a filter follows

/** Header of an int8 code: { f32 scale, f32 term, f32 error, f32 square }, see encode-rows.ts. The code follows. */
export const CODE_HEADER: usize = 16;
export const CODE_TERM: usize = 4;
export const CODE_ERROR: usize = 8;
export const CODE_SQUARE: usize = 12;
