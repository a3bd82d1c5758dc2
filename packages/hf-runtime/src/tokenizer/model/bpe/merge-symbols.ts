import type { Steps } from "../../steps/steps.js";
import { MergeQueue } from "./merge-queue.js";
import type { PairTable } from "./pair-table.js";

/** Symbols or merges between two pauses. */
const STEP = 512;

/**
 * Merges the symbols of a word until no pair is in the table. The pair of the lowest rank goes first, and the leftmost if
 * ranks are equal. Same order as in `tokenizers` (Word::merge_all), in O(n log n) for any word.
 * @param symbols [n] ids; overwritten
 * @returns how many ids are left, at the start of `symbols`
 */
export function* mergeSymbols(symbols: Int32Array, count: number, table: PairTable): Steps<number> {
  const { ranks, mergedIds } = table;
  const queue = new MergeQueue(count);
  const next = new Int32Array(count);
  const previous = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    if (at % STEP === STEP - 1) yield;
    next[at] = at + 1 < count ? at + 1 : -1;
    previous[at] = at - 1;
    const slot = at + 1 < count ? table.find(symbols[at]!, symbols[at + 1]!) : -1;
    if (slot >= 0) queue.push(ranks[slot]!, at, mergedIds[slot]!);
  }
  for (let steps = 1; queue.pop(); steps++) {
    if (steps % STEP === 0) yield;
    const { position: at, mergedId } = queue;
    const right = next[at]!;
    // A symbol that has been merged into another is marked by -1.
    if (symbols[at]! < 0 || right < 0) continue;
    const slot = table.find(symbols[at]!, symbols[right]!);
    // Its neighbour has changed since the pair was found.
    if (slot < 0 || mergedIds[slot] !== mergedId) continue;
    symbols[at] = mergedId;
    symbols[right] = -1;
    const after = next[right]!;
    next[at] = after;
    if (after >= 0) {
      previous[after] = at;
      const found = table.find(mergedId, symbols[after]!);
      if (found >= 0) queue.push(ranks[found]!, at, mergedIds[found]!);
    }
    const before = previous[at]!;
    if (before >= 0) {
      const found = table.find(symbols[before]!, mergedId);
      if (found >= 0) queue.push(ranks[found]!, before, mergedIds[found]!);
    }
  }
  let kept = 0;
  for (let at = 0, steps = 1; at >= 0 && at < count; at = next[at]!, steps++) {
    if (steps % STEP === 0) yield;
    symbols[kept++] = symbols[at]!;
  }
  return kept;
}
