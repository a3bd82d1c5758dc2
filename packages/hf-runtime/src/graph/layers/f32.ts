/** Rounds a number to float32, for computations that PyTorch does in float32. */
export const f32 = Math.fround;
