import { workSlices } from "@secondpass/core";
import { copyVectors } from "../contents/copy-vectors.js";
import type { Incoming, StoreContents } from "../contents/store-contents.js";
import type { LongOperationOptions } from "../contents/store-progress.js";
import { rowsPerPiece, VectorPieces } from "../contents/vector-pieces.js";
import { Docstore } from "../documents/docstore.js";
import { StoreMismatchError } from "../errors/store-mismatch-error.js";

/**
 * Copies the documents of `source` into `target`. The copy is made before the target is locked, so that two stores may
 * be merged into each other at the same time.
 * @returns the ids that were added
 * @throws DuplicateIdError, StoreMismatchError, VectorDimensionError; nothing is copied then
 */
export async function mergeStores(
  source: StoreContents,
  target: StoreContents,
  options: LongOperationOptions,
): Promise<string[]> {
  const [from, to] = [source.settings.distanceStrategy, target.settings.distanceStrategy];
  if (from !== to)
    throw new StoreMismatchError(`a store of strategy "${from}" cannot go into one of "${to}".`);
  const incoming = await source.lock.read(() => copyOf(source, options.signal));
  await target.lock.write(() => target.add(incoming, options));
  return [...incoming.ids];
}

async function copyOf(
  { documents, positions, index }: StoreContents,
  signal?: AbortSignal,
): Promise<Incoming> {
  const slices = workSlices(signal);
  const live = await positions.livePositions(slices);
  const dimensions = index?.dimensions ?? 0;
  const copy = { ids: [] as string[], documents: new Docstore() };
  const owners = new Uint32Array(live.length);
  /** Number plus 1 of each slot's copy; several positions may share it. */
  const copies = new Uint32Array(documents.slots);
  for (const [i, position] of live.entries()) {
    const slot = positions.slotAt(position);
    if (copies[slot] === 0) {
      const id = documents.idAt(slot);
      copies[slot] = copy.ids.push(id);
      copy.documents.append(id, documents.recordAt(slot));
    }
    owners[i] = copies[slot]! - 1;
    if (slices.due()) await slices.pause();
  }
  await index?.prepareReconstruct?.({ signal });
  const vectors = new VectorPieces(dimensions, 0);
  const rows = rowsPerPiece(dimensions);
  for (let start = 0; start < live.length; start += rows) {
    vectors.appendPiece(copyVectors(index!, live.subarray(start, start + rows)));
    if (slices.due()) await slices.pause();
  }
  return { ...copy, vectors, owners, replaces: false };
}
