/**
 * The struct of a batch of nodes that are linked together, which JavaScript writes (the same as in src/kernels/link-batch.ts). Fields have 4 bytes.
 * Until a batch is committed nothing of it is in the graph: threads only read the graph, and each item has separate memory for its result.
 */
export const BATCH_FIRST: usize = 0; // number of the first node
export const BATCH_COUNT: usize = 4;
export const BATCH_EF: usize = 8; // candidates that a node keeps
export const BATCH_NEXT: usize = 12; // the next free item: a node while links are found, a target while they are merged
export const BATCH_CANCELLED: usize = 16; // set to 1 by another thread: take no more items
export const BATCH_LEVELS: usize = 20; // u8 for each node: its highest level
export const BATCH_PROPOSALS: usize = 24; // u32 address for each node: the links that it chose, in the form of its slots
export const BATCH_TARGETS: usize = 28;
export const BATCH_TARGET_COUNT: usize = 32;

/** A target: slots, on one level, of a node that nodes of the batch chose. */
export const TARGET_BYTES: usize = 24;
export const TARGET_NODE: usize = 0;
export const TARGET_LEVEL: usize = 4;
export const TARGET_ADDED: usize = 8; // u32 for each node that chose it, in ascending order
export const TARGET_ADDED_COUNT: usize = 12;
export const TARGET_OUT: usize = 16; // the new content of the slots
export const TARGET_REPLACED: usize = 20; // keep the old links, and add at most this many; 0 to choose among all again
