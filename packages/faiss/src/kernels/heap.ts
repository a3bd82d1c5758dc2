/**
 * The layout of a heap, shared with the WASM kernels (assembly/heap.ts):
 * { i32 size, i32 capacity, f64 floor }, and for each entry { f64 score, u32 position, 4 bytes }.
 */
export const HEAP = { headerBytes: 16, floorAt: 8, entryBytes: 16 } as const;
