import { transposeBytes } from "./transpose-bytes";

/** Blocks in a 16-bit sum, which can hold 257 entries of at most 255: 8 blocks have 256. */
const BLOCKS_PER_SUM: i32 = 8;

/**
 * Sums the u8 table entries of 16 codes' signs, to `target` as f32. Bytes of the codes are transposed, so that one table lookup serves all
 * codes.
 * @param codes 16 codes, `codeSize` bytes apart
 * @param blocks number of blocks of 16 sign bytes; for bytes after the signs, tables are zeros
 * @param tables 32 for each block, 16 bytes each
 * @param square scratch
 */
export function rabitqRough(
  codes: usize,
  codeSize: usize,
  blocks: i32,
  tables: usize,
  square: usize,
  target: usize,
): void {
  let total0 = i32x4.splat(0);
  let total1 = total0;
  let total2 = total0;
  let total3 = total0;
  const mask = i8x16.splat(15);
  for (let block = 0; block < blocks; ) {
    const end = min(blocks, block + BLOCKS_PER_SUM);
    // Sums of even codes plus 256 times those of odd ones, and sums of odd codes.
    let both = i16x8.splat(0);
    let odd = both;
    for (; block < end; block++, codes += 16) {
      transposeBytes(codes, codeSize, square);
      for (let i: usize = 0; i < 256; i += 16, tables += 32) {
        const bytes = v128.load(square + i);
        const first = i8x16.swizzle(v128.load(tables), v128.and(bytes, mask));
        const second = i8x16.swizzle(v128.load(tables, 16), v128.and(i16x8.shr_u(bytes, 4), mask));
        both = i16x8.add(both, i16x8.add(first, second));
        odd = i16x8.add(odd, i16x8.add(i16x8.shr_u(first, 8), i16x8.shr_u(second, 8)));
      }
    }
    const even = i16x8.sub(both, i16x8.shl(odd, 8));
    const low = v128.shuffle<i16>(even, odd, 0, 8, 1, 9, 2, 10, 3, 11);
    const high = v128.shuffle<i16>(even, odd, 4, 12, 5, 13, 6, 14, 7, 15);
    total0 = i32x4.add(total0, i32x4.extend_low_i16x8_u(low));
    total1 = i32x4.add(total1, i32x4.extend_high_i16x8_u(low));
    total2 = i32x4.add(total2, i32x4.extend_low_i16x8_u(high));
    total3 = i32x4.add(total3, i32x4.extend_high_i16x8_u(high));
  }
  v128.store(target, f32x4.convert_i32x4_u(total0));
  v128.store(target, f32x4.convert_i32x4_u(total1), 16);
  v128.store(target, f32x4.convert_i32x4_u(total2), 32);
  v128.store(target, f32x4.convert_i32x4_u(total3), 48);
}
