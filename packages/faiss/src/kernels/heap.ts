/**
 * A heap, shared with the WASM kernels; assembly/heap.ts says the same numbers:
 * { i32 size, i32 capacity, f64 floor } and then { f64 score, u32 position, 4 bytes } an entry.
 */
export const HEAP = { headerBytes: 16, floorAt: 8, entryBytes: 16 } as const;
