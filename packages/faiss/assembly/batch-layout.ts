/**
 * A batch of nodes that are linked together, which JavaScript writes (src/kernels/link-batch.ts says the same numbers). Fields are 4 bytes.
 * Until a batch is committed nothing of it is in the graph: threads only read the graph, and each item has a place of its own for its outcome.
 */
export const BATCH_FIRST: usize = 0; // number of the first node
export const BATCH_COUNT: usize = 4;
export const BATCH_EF: usize = 8; // candidates that a node keeps
export const BATCH_NEXT: usize = 12; // the next item that no thread has taken: a node while links are found, a target while they are merged
export const BATCH_CANCELLED: usize = 16; // set to 1 from outside: take no further item
export const BATCH_LEVELS: usize = 20; // u8 a node: its highest level
export const BATCH_PROPOSALS: usize = 24; // u32 address a node: the links that it chose, as its slots will hold them
export const BATCH_TARGETS: usize = 28;
export const BATCH_TARGET_COUNT: usize = 32;

/** Target: slots of a node, on one level, that nodes of the batch chose. */
export const TARGET_BYTES: usize = 24;
export const TARGET_NODE: usize = 0;
export const TARGET_LEVEL: usize = 4;
export const TARGET_ADDED: usize = 8; // u32 a node that chose it, in ascending order
export const TARGET_ADDED_COUNT: usize = 12;
export const TARGET_OUT: usize = 16; // what the slots will hold
export const TARGET_REPLACED: usize = 20; // keep the links that there are, and add at most so many; 0 to choose among all again
