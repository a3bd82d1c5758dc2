import { requestLines } from "./list-allowed";
import { exactScore } from "./score-row";

/** Rows requested together, before the first is scored. */
const BLOCK_ROWS: i32 = 8;

/**
 * Scores rows exactly, wherever they are.
 * @param query `stride` bytes, zero-padded
 * @param addresses u32 for each row
 * @param scores room for an f64 for each row
 */
export function scoreRows(metric: i32, query: usize, addresses: usize, count: i32, stride: usize, scores: usize): void {
  for (let block = 0; block < count; block += BLOCK_ROWS) {
    const end = min(block + BLOCK_ROWS, count);
    let sum = 0;
    for (let i = block; i < end; i++) sum += requestLines(load<u32>(addresses + (<usize>i << 2)), stride);
    store<i32>(scores + (<usize>block << 3), sum);
    for (let i = block; i < end; i++) {
      store<f64>(scores + (<usize>i << 3), exactScore(metric, query, load<u32>(addresses + (<usize>i << 2)), stride));
    }
  }
}
