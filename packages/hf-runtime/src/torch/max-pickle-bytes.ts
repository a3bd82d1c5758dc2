/** A pickle has about 200 bytes for each tensor; a file of more than 100,000 tensors is something else. */
export const MAX_PICKLE_BYTES = 32 * 2 ** 20;
