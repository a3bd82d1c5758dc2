import { type WorkSlices, workSlices } from "@secondpass/core";
import { checkLabel, checkLabels } from "./check-labels.js";
import { setBit } from "./set-bit.js";
import { SET_BITS } from "./set-bits.js";

/**
 * The labels that a search may return: a bitmap (bit `label & 7` of byte `label >> 3`, as in faiss's IDSelectorBitmap;
 * labels beyond its end, and negative ones, are not allowed) or a predicate, which is called once for every label.
 */
export type IdFilter = Uint8Array | ((label: bigint) => boolean);

/** Whether bit `position` is set; positions beyond the bitmap are not. */
export function isAllowed(bitmap: Uint8Array, position: number): boolean {
  return ((bitmap[position >>> 3] ?? 0) & (1 << (position & 7))) !== 0;
}

/** Number of bits that are set. */
export function countBits(bitmap: Uint8Array): number {
  let bits = 0;
  for (let i = 0; i < bitmap.length; i++) bits += SET_BITS[bitmap[i]!]!;
  return bits;
}

/** A bitmap of positions 0…count-1 without those of the labels, and the number of the latter; unknown labels are ignored. */
export async function keepAllBut(
  labels: Iterable<bigint | number>,
  count: number,
  slices: WorkSlices,
): Promise<{ kept: Uint8Array; removed: number }> {
  checkLabels(labels);
  const kept = new Uint8Array(Math.ceil(count / 8)).fill(0xff);
  let removed = 0;
  for (const label of labels) {
    const position = Number(checkLabel(label));
    if (position >= 0 && position < count && isAllowed(kept, position)) {
      kept[position >>> 3]! &= ~(1 << (position & 7));
      removed++;
    }
    if (slices.due()) await slices.pause();
  }
  return { kept, removed };
}

/** The positions whose bit is not set. */
export function* positionsWithout(bitmap: Uint8Array, count: number): Generator<number> {
  for (let position = 0; position < count; position++) if (!isAllowed(bitmap, position)) yield position;
}

/** Labels as a set of bigints. */
export async function labelSet(labels: Iterable<bigint | number>, slices: WorkSlices): Promise<Set<bigint>> {
  checkLabels(labels);
  const set = new Set<bigint>();
  for (const label of labels) {
    set.add(checkLabel(label));
    if (slices.due()) await slices.pause();
  }
  return set;
}

/** Labels filtered between two checks of the clock. */
const LABELS_PER_CHECK = 64;

/**
 * Converts a filter to a bitmap over positions 0…count-1 of exactly `ceil(count / 8)` bytes.
 * @param labelAt the label of a position; if not given, labels are positions
 * @throws the signal's reason
 */
export async function toPositionBitmap(
  filter: IdFilter,
  count: number,
  signal: AbortSignal | undefined,
  labelAt?: (position: number) => bigint,
): Promise<Uint8Array> {
  const bytes = Math.ceil(count / 8);
  const bitmap = new Uint8Array(bytes);
  if (typeof filter !== "function" && labelAt === undefined) {
    bitmap.set(filter.subarray(0, bytes));
    // Clear bits after the last position, which would count as allowed rows.
    if (count % 8 !== 0) bitmap[bytes - 1]! &= (1 << (count % 8)) - 1;
    return bitmap;
  }
  const slices = workSlices(signal, { stepsPerCheck: LABELS_PER_CHECK });
  for (let position = 0; position < count; position++) {
    if (allowsLabel(filter, labelAt?.(position) ?? BigInt(position))) setBit(bitmap, position);
    if (slices.due()) await slices.pause();
  }
  return bitmap;
}

/** Whether the filter allows a label. */
export function allowsLabel(filter: IdFilter, label: bigint): boolean {
  if (typeof filter === "function") return filter(label);
  return label >= 0n && label < BigInt(filter.length) * 8n && isAllowed(filter, Number(label));
}
