import type { WorkSlices } from "@secondpass/core";
import type { Segment } from "./segment.js";
import { SegmentBuilder } from "./segment-builder.js";

/**
 * Two neighbouring segments as one, without the postings of removed documents.
 * @param isRemoved whether a document is
 */
export async function mergeSegments(
  older: Segment,
  newer: Segment,
  isRemoved: (slot: number) => boolean,
  slices: WorkSlices,
): Promise<Segment> {
  const builder = new SegmentBuilder(older.from);
  for (const segment of [older, newer]) {
    for (let place = 0; place < segment.terms.length; place++) {
      for (let i = segment.offsets[place]!; i < segment.offsets[place + 1]!; i++) {
        const slot = segment.slots[i]!;
        if (!isRemoved(slot)) builder.push(segment.terms[place]!, slot, segment.occurrences[i]!);
      }
      if (slices.due()) await slices.pause();
    }
  }
  return builder.build(slices, newer.to);
}
