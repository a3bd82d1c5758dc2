/**
 * The kernels: loops over a segment's scores in raw WASM memory. No runtime, no static data, no allocation: JavaScript lays out all
 * memory (src/kernels) and passes addresses.
 */

/** Adds `weight · impact` to the sums of `count` postings' documents, as JavaScript would: in float64, rounded to float32. */
export function add(
  slots: usize,
  impacts: usize,
  count: i32,
  from: i32,
  weight: f64,
  sums: usize,
): void {
  const end = <usize>count << 2;
  for (let i: usize = 0; i < end; i += 4) {
    const sum = sums + (<usize>(load<i32>(slots + i) - from) << 2);
    store<f32>(sum, <f32>(<f64>load<f32>(sum) + weight * <f64>load<f32>(impacts + i)));
  }
}

/**
 * Lists the indices of the sums that are at least `floor`, ascending. Sums are compared eight at a time; those after the last one are below the floor.
 * @returns their count
 */
export function list(sums: usize, first: i32, last: i32, floor: f32, listed: usize): i32 {
  const floors = f32x4.splat(floor);
  let at = listed;
  for (let i = first; i < last; i += 8) {
    const sum = sums + (<usize>i << 2);
    const low = f32x4.ge(v128.load(sum), floors);
    const high = f32x4.ge(v128.load(sum, 16), floors);
    if (!v128.any_true(v128.or(low, high))) continue;
    let found = i32x4.bitmask(low) | (i32x4.bitmask(high) << 4);
    while (found != 0) {
      store<i32>(at, i + ctz(found));
      at += 4;
      found &= found - 1;
    }
  }
  return <i32>((at - listed) >> 2);
}
