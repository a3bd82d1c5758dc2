import type { WorkSlices } from "@secondpass/core";
import type { Segment } from "./segment.js";
import { SegmentBuilder } from "./segment-builder.js";

/**
 * Merges two neighbouring segments, without the postings of removed documents.
 * @param isRemoved whether a document is removed
 */
export async function mergeSegments(
  older: Segment,
  newer: Segment,
  isRemoved: (slot: number) => boolean,
  slices: WorkSlices,
): Promise<Segment> {
  const builder = new SegmentBuilder(older.from);
  const slotOf = (slot: number) => (isRemoved(slot) ? undefined : slot);
  for (const segment of [older, newer]) await builder.copy(segment, (term) => term, slotOf, slices);
  return builder.build(slices, newer.to);
}
