import type { PairTable } from "./pair-table.js";

/** Up to this many symbols, scanning all pairs for each merge is faster than a queue. */
export const FEW_SYMBOLS = 48;

/** [FEW_SYMBOLS] Slots of the pairs' merges; used by one call at a time. */
const slots = new Int32Array(FEW_SYMBOLS);

/**
 * `mergeSymbols` for up to {@link FEW_SYMBOLS} symbols.
 * @param symbols [n] ids; overwritten
 * @returns how many ids are left, at the start of `symbols`
 */
export function mergeFewSymbols(symbols: Int32Array, count: number, table: PairTable): number {
  const { ranks, mergedIds } = table;
  let left = count;
  for (let at = 0; at + 1 < left; at++) slots[at] = table.find(symbols[at]!, symbols[at + 1]!);
  for (;;) {
    let best = -1;
    let bestRank = Number.POSITIVE_INFINITY;
    for (let at = 0; at + 1 < left; at++) {
      const slot = slots[at]!;
      if (slot >= 0 && ranks[slot]! < bestRank) {
        best = at;
        bestRank = ranks[slot]!;
      }
    }
    if (best < 0) return left;
    symbols[best] = mergedIds[slots[best]!]!;
    left--;
    for (let at = best + 1; at < left; at++) {
      symbols[at] = symbols[at + 1]!;
      slots[at] = slots[at + 1]!;
    }
    if (best + 1 < left) slots[best] = table.find(symbols[best]!, symbols[best + 1]!);
    if (best > 0) slots[best - 1] = table.find(symbols[best - 1]!, symbols[best]!);
  }
}
