import type { TextPair } from "@secondpass/core";
import type { Batch } from "./batch.js";

/** What a request may hold. */
export interface BatchLimits {
  /** Minimum 1. */
  readonly maxPairs: number;
  /** Bytes of the body; batches are planned by an estimate, so check the body before it is sent. */
  readonly maxBytes: number;
  /** Whether all pairs of a request must have the same query. */
  readonly oneQuery: boolean;
}

/** Brackets, quotes, commas and keys around one pair in the wordiest of the known payloads. */
const BYTES_AROUND_PAIR = 32;

/** Cuts pairs into requests, in order; with `oneQuery`, grouped by query in order of first appearance. */
export function planBatches(pairs: readonly TextPair[], limits: BatchLimits): Batch[] {
  const groups = new Map<string, number[]>();
  pairs.forEach(([query], index) => {
    const key = limits.oneQuery ? query : "";
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  return [...groups.values()].flatMap((indices) => cut(pairs, indices, limits));
}

function cut(pairs: readonly TextPair[], indices: readonly number[], limits: BatchLimits): Batch[] {
  const batches: { pairs: TextPair[]; indices: number[] }[] = [];
  let bytes = 0;
  for (const index of indices) {
    const pair = pairs[index] as TextPair;
    const size = estimateBytes(pair);
    const last = batches.at(-1);
    if (last && last.pairs.length < limits.maxPairs && bytes + size <= limits.maxBytes) {
      last.pairs.push(pair);
      last.indices.push(index);
      bytes += size;
    } else {
      batches.push({ pairs: [pair], indices: [index] });
      bytes = size;
    }
  }
  return batches;
}

/** Bytes of a pair in JSON: escapes and UTF-8 counted. A query that is sent once is counted for each pair. */
function estimateBytes([query, text]: TextPair): number {
  return Buffer.byteLength(JSON.stringify(query) + JSON.stringify(text)) + BYTES_AROUND_PAIR;
}
