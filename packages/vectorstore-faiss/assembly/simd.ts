/** Sum of the four lanes of a f32x4. */
// @ts-ignore: decorator
@inline
export function sumF32(v: v128): f32 {
  const pair = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pair, 0) + f32x4.extract_lane(pair, 1);
}

/** Sum of the four lanes of an i32x4. */
// @ts-ignore: decorator
@inline
export function sumI32(v: v128): i32 {
  const pair = i32x4.add(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
  return i32x4.extract_lane(pair, 0) + i32x4.extract_lane(pair, 1);
}
