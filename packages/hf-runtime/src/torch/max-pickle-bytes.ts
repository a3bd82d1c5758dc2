/** Maximum size of a pickle. It has about 200 bytes for each tensor, and no model has more than 100,000 tensors. */
export const MAX_PICKLE_BYTES = 32 * 2 ** 20;
