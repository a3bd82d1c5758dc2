import { type TextPair, workSlices } from "@secondpass/core";
import type { Batch } from "./batch.js";
import { jsonBytes } from "./json-bytes.js";

/** Limits of a request. */
export interface BatchLimits {
  /** Maximum number of pairs in a request. Minimum 1. */
  readonly maxPairs: number;
  /** Maximum size of the body in bytes. Batches are planned by an estimate, so check the body before it is sent. */
  readonly maxBytes: number;
  /** Whether all pairs of a request must have the same query. */
  readonly oneQuery: boolean;
}

/** Bytes of brackets, quotes, commas and keys around one pair, in the longest of the known payloads. */
const BYTES_AROUND_PAIR = 32;

/** A batch that is being filled. */
interface GrowingBatch {
  readonly pairs: TextPair[];
  readonly indices: number[];
  bytes: number;
}

/**
 * Splits pairs into requests, in order; with `oneQuery`, grouped by query in order of first occurrence. Pauses for the event loop.
 *
 * @throws the signal's reason if it is aborted
 */
export async function planBatches(
  pairs: readonly TextPair[],
  limits: BatchLimits,
  signal?: AbortSignal,
): Promise<Batch[]> {
  const groups = new Map<string, GrowingBatch[]>();
  const slices = workSlices(signal);
  for (const [index, pair] of pairs.entries()) {
    const key = limits.oneQuery ? pair[0] : "";
    const group = groups.get(key) ?? [];
    if (group.length === 0) groups.set(key, group);
    const bytes = estimateBytes(pair);
    const last = group.at(-1);
    if (last && last.pairs.length < limits.maxPairs && last.bytes + bytes <= limits.maxBytes) {
      last.pairs.push(pair);
      last.indices.push(index);
      last.bytes += bytes;
    } else {
      group.push({ pairs: [pair], indices: [index], bytes });
    }
    if (slices.due()) await slices.pause();
  }
  return [...groups.values()].flat();
}

/** Estimates the bytes of a pair in JSON. The query is counted for each pair, even if it is sent only once. */
function estimateBytes([query, text]: TextPair): number {
  return jsonBytes(query) + jsonBytes(text) + BYTES_AROUND_PAIR;
}
