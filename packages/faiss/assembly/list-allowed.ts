import { allowedInGroup } from "./scan-float32";

/**
 * Lists of the allowed rows of a segment, for filters that allow few. They are read in any order at the speed of memory only if the rows of a whole block are
 * requested before the first is used, and in a loop without branches that depend on the filter.
 */

/** Rows requested together: their lines fit into the first-level cache, and the instructions that request them into the processor's window. */
export const BLOCK_LISTED: i32 = 32;

const LINE_BYTES: usize = 64;

/** At most this share of a segment's rows is listed, 1 / 2^n. With more, scanning all groups is as fast. */
const SHARE_BITS: i32 = 2;

/** Whether `listed` of `count` rows are few enough for a list: they and as many bounds need no more room than bounds of all rows. */
// @ts-ignore: decorator
@inline
export function isFew(listed: i32, count: i32): bool {
  return listed <= (count >> SHARE_BITS);
}

/** Bytes of a list. */
// @ts-ignore: decorator
@inline
export function listBytes(listed: i32): usize {
  return <usize>((listed + 3) & ~3) << 2;
}

/** Number of allowed rows from `first` to before `end`, both multiples of four. */
export function countAllowed(allowed: usize, first: i32, end: i32): i32 {
  if (allowed == 0) return end - first;
  let listed = 0;
  for (let row = first; row < end; ) {
    if (isWord(row, end)) {
      listed += popcnt(load<u32>(allowed + <usize>(row >> 3)));
      row += 32;
    } else {
      listed += popcnt(allowedInGroup(allowed, row));
      row += 4;
    }
  }
  return listed;
}

/**
 * Lists the allowed rows from `first` to before `end`, both multiples of four, in ascending order; the last is repeated up to a multiple of four.
 * @param to where to write them, in the list
 */
export function listAllowed(allowed: usize, first: i32, end: i32, list: usize, to: usize): void {
  for (let row = first; row < end; ) {
    const isWide = isWord(row, end);
    let bits: u32 = isWide ? load<u32>(allowed + <usize>(row >> 3)) : allowedInGroup(allowed, row);
    for (; bits != 0; bits &= bits - 1, to += 4) store<u32>(to, row + ctz(bits));
    row += isWide ? 32 : 4;
  }
  fillGroup(list, to);
}

/** Whether the bits of a row and the 31 after it can be read together. */
// @ts-ignore: decorator
@inline
function isWord(row: i32, end: i32): bool {
  return (row & 7) == 0 && row + 32 <= end;
}

/** Repeats the last number of a list until it has a multiple of four. */
export function fillGroup(list: usize, end: usize): void {
  if (end == list) return;
  const last = load<u32>(end - 4);
  for (; ((end - list) & 15) != 0; end += 4) store<u32>(end, last);
}

/** Requests `bytes` from each of the addresses `base + row * pitch`, of the rows first…last-1 of a list. @returns as `requestLines` */
export function request(list: usize, first: i32, last: i32, base: usize, pitch: usize, bytes: usize): i32 {
  let sum = 0;
  const end = list + (<usize>last << 2);
  for (let at = list + (<usize>first << 2); at < end; at += 4) sum += requestLines(base + <usize>load<u32>(at) * pitch, bytes);
  return sum;
}

/** Reads a byte of each line of `bytes` bytes. @returns a number to be stored, so that nothing is left out */
// @ts-ignore: decorator
@inline
export function requestLines(address: usize, bytes: usize): i32 {
  let sum: i32 = load<u8>(address + bytes - 1);
  for (let i: usize = 0; i < bytes; i += LINE_BYTES) sum += load<u8>(address + i);
  return sum;
}
