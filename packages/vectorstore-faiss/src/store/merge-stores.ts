import { StoreMismatchError } from "../errors/store-mismatch-error.js";
import { workSlices } from "../kernels/work-slices.js";
import type { Incoming, StoreCore } from "./store-core.js";
import type { LongOperationOptions } from "./store-progress.js";

/**
 * Copies the documents of `source` into `target`. The copy is made before the target is locked, so that two stores may
 * be merged into one another at the same time.
 * @returns the ids that were added
 * @throws DuplicateIdError, StoreMismatchError, VectorDimensionError; nothing is copied then
 */
export async function mergeStores(
  source: StoreCore,
  target: StoreCore,
  options: LongOperationOptions,
): Promise<string[]> {
  const [from, to] = [source.settings.distanceStrategy, target.settings.distanceStrategy];
  if (from !== to)
    throw new StoreMismatchError(`a store of strategy "${from}" cannot go into one of "${to}".`);
  const incoming = await source.lock.read(() => copyOf(source, options.signal));
  await target.lock.write(() => target.add(incoming, options));
  return [...incoming.ids];
}

async function copyOf({ documents, positions, index }: StoreCore, signal?: AbortSignal): Promise<Incoming> {
  const slots = positions.liveSlots();
  const dimensions = index?.dimensions ?? 0;
  const vectors = new Float32Array(slots.length * dimensions);
  const ids: string[] = [];
  const records: Incoming["records"][number][] = [];
  const slices = workSlices(signal);
  for (const [i, slot] of slots.entries()) {
    const { content, metadata, typed } = documents.recordAt(slot);
    ids.push(documents.idAt(slot));
    records.push({ content: content.slice(), metadata: metadata.slice(), typed });
    vectors.set(index!.reconstruct(positions.positionOf(slot)), i * dimensions);
    if (slices.due()) await slices.pause();
  }
  return { ids, records, vectors, dimensions, upsert: false };
}
