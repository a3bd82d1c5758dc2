import {
  IndexFlat,
  InvalidArgumentError,
  normalizeVectors,
  type SearchOptions,
  type VectorIndex,
} from "@secondpass/faiss";
import { workSlices } from "@secondpass/faiss/io";
import { Docstore } from "../docstore/docstore.js";
import { DuplicateIdError } from "../errors/duplicate-id-error.js";
import { StoreMismatchError } from "../errors/store-mismatch-error.js";
import { UnknownDocumentIdError } from "../errors/unknown-document-id-error.js";
import { VectorDimensionError } from "../errors/vector-dimension-error.js";
import type { FaissFilter } from "../filter/metadata-filter.js";
import { createIndex } from "./create-index.js";
import { type Allowed, findAllowed, positionsOf } from "./find-allowed.js";
import { PositionMap } from "./position-map.js";
import type { LongOperationOptions } from "./store-progress.js";
import { StoreState } from "./store-state.js";
import { addPieces, checkPieces, joinPieces, normalizePieces, type VectorPieces } from "./vector-pieces.js";

/** Slots are 32-bit numbers, of which two stand for something else. */
const MAX_DOCUMENTS = 2 ** 32 - 2;

/** Documents on their way in, a vector for each: everything checked and written out, nothing stored yet. */
export interface Incoming extends VectorPieces {
  readonly ids: readonly string[];
  /** The same documents in the same order, from slot 0 on. */
  readonly documents: Docstore;
  /** Whether stored documents of the same ids are replaced instead of refused. */
  readonly upsert: boolean;
}

/** A position of the index and its score on the strategy's scale. */
export interface Hit {
  readonly position: number;
  readonly score: number;
}

/** How a search differs from others. */
export interface CoreSearchOptions extends Pick<SearchOptions, "efSearch" | "nprobe" | "signal"> {
  readonly filter?: FaissFilter | undefined;
}

/** Index and documents, changed only together. Knows no embeddings. */
export class StoreCore extends StoreState {
  /** @throws DuplicateIdError */
  async checkNewIds(ids: readonly string[], signal?: AbortSignal): Promise<void> {
    const slices = workSlices(signal);
    const stored: string[] = [];
    for (const id of ids) {
      if (this.documents.has(id)) stored.push(id);
      if (slices.due()) await slices.pause();
    }
    if (stored.length > 0) throw new DuplicateIdError(stored, "because the store has them");
  }

  /** Stores everything or, when anything is wrong, nothing. Call it under the write lock. */
  async add(incoming: Incoming, { signal, onProgress }: LongOperationOptions = {}): Promise<void> {
    const { ids, documents, dimensions } = incoming;
    if (!incoming.upsert) await this.checkNewIds(ids, signal);
    if (ids.length === 0) return;
    if (this.documents.size + ids.length > MAX_DOCUMENTS) {
      throw new InvalidArgumentError(
        "documents",
        `at most ${MAX_DOCUMENTS} in one store`,
        this.documents.size + ids.length,
      );
    }
    // Another call may have told the dimensions since these vectors were made.
    const expected = this.currentIndex?.dimensions ?? dimensions;
    if (dimensions !== expected) throw new VectorDimensionError(expected, dimensions, "vectors");
    await checkPieces(incoming, signal);
    const vectors = this.normalizes ? await normalizePieces(incoming, signal) : incoming;
    const index = this.currentIndex ?? createIndex(this.settings.index, dimensions, this.metric, ids.length);
    try {
      if (!index.isTrained) await index.train(await joinPieces(vectors, signal), { signal });
      await addPieces(index, vectors, { signal, onProgress });
    } catch (error) {
      if (this.currentIndex === undefined) index.dispose();
      else await this.#disown(this.currentIndex);
      throw error;
    }
    // From here on nothing fails: the old documents go and the new ones come, and nobody reads meanwhile.
    this.currentIndex = index;
    const slices = workSlices();
    for (const [i, id] of ids.entries()) {
      const replaced = incoming.upsert ? this.documents.slotOf(id) : undefined;
      if (replaced !== undefined) this.remove(this.positions.positionOf(replaced));
      this.positions.append(this.documents.append(id, documents.recordAt(i)));
      if (slices.due()) await slices.pause();
    }
    await this.dropRemoved();
  }

  /** Removes documents by id. Call it under the write lock. @throws UnknownDocumentIdError; nothing is removed then */
  async delete(ids: readonly string[], options: LongOperationOptions = {}): Promise<void> {
    const slices = workSlices(options.signal);
    const positions = new Uint32Array(ids.length);
    const unknown: string[] = [];
    for (const [i, id] of ids.entries()) {
      const slot = this.documents.slotOf(id);
      if (slot === undefined) unknown.push(id);
      else positions[i] = this.positions.positionOf(slot);
      if (slices.due()) await slices.pause();
    }
    if (unknown.length > 0) throw new UnknownDocumentIdError(unknown);
    await this.#deleteAt(positions, options);
  }

  /** Removes the documents that pass a filter. Call it under the write lock. */
  async deleteWhere(filter: FaissFilter, options: LongOperationOptions = {}): Promise<void> {
    const { bitmap } = await this.#findAllowed(filter, options.signal);
    await this.#deleteAt(positionsOf(bitmap), options);
  }

  /** Removes all documents. Call it under the write lock. */
  async deleteAll(): Promise<void> {
    this.currentDocuments = new Docstore();
    const positions = new PositionMap();
    if (this.currentIndex instanceof IndexFlat) this.currentIndex.rows.truncate(0);
    await positions.appendRemovedTo(this.currentIndex?.ntotal ?? 0, workSlices());
    this.currentPositions = positions;
    this.allowed.clear();
  }

  /** The k nearest documents that pass the filter, best first. Call it under the read lock. */
  async search(query: Float32Array, k: number, options: CoreSearchOptions = {}): Promise<Hit[]> {
    const { filter, efSearch, nprobe, signal } = options;
    const index = this.currentIndex;
    if (index === undefined) return [];
    const allowed =
      filter === undefined && this.positions.removed === 0
        ? undefined
        : await this.#findAllowed(filter, signal);
    const wanted = Math.min(k, allowed === undefined ? this.documents.size : allowed.count);
    if (wanted === 0) return [];
    const found = await index.search(
      this.normalizes ? normalizeVectors(query, query.length) : query,
      wanted,
      {
        ...(allowed && { filter: allowed.bitmap }),
        ...(efSearch !== undefined && { efSearch }),
        ...(nprobe !== undefined && { nprobe }),
        ...(signal && { signal }),
      },
    );
    const hits: Hit[] = [];
    found.labels.forEach((label, i) => {
      if (label < 0n) return;
      if (label >= this.positions.length)
        throw new StoreMismatchError(`the index found ${label}, which no document has.`);
      hits.push({ position: Number(label), score: this.#score(found.distances[i]!) });
    });
    return hits;
  }

  #findAllowed(filter: FaissFilter | undefined, signal?: AbortSignal): Promise<Allowed> {
    return this.allowed.get(filter, () => findAllowed(this, filter, signal));
  }

  /** Forgets vectors at the index's end that belong to no document: a change failed after they were added. */
  async #disown(index: VectorIndex): Promise<void> {
    await this.positions.appendRemovedTo(index.ntotal, workSlices());
    await this.dropRemoved();
  }

  async #deleteAt(positions: Iterable<number>, options: LongOperationOptions): Promise<void> {
    const slices = workSlices();
    for (const position of positions) {
      this.remove(position);
      if (slices.due()) await slices.pause();
    }
    await this.dropRemoved(options);
  }

  /** Rounding carries cosines of equal vectors a hair past 1. */
  #score(distance: number): number {
    return this.settings.distanceStrategy === "cosine" ? Math.max(-1, Math.min(1, distance)) : distance;
  }
}
