/** A number rounded to float32, for what PyTorch computes in float32. */
export const f32 = Math.fround;
