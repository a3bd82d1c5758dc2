import type { Document } from "@langchain/core/documents";
import { DISTANCE_STRATEGIES, type DistanceStrategy, metricOf } from "../distance-strategy.js";
import { Docstore } from "../docstore/docstore.js";
import { DuplicateIdError } from "../errors/duplicate-id-error.js";
import { StoreMismatchError } from "../errors/store-mismatch-error.js";
import { UnknownDocumentIdError } from "../errors/unknown-document-id-error.js";
import { VectorDimensionError } from "../errors/vector-dimension-error.js";
import type { FaissFilter } from "../filter/metadata-filter.js";
import { IndexFlat } from "../index/index-flat.js";
import { InvalidArgumentError } from "../index/invalid-argument-error.js";
import type { Metric } from "../index/metric.js";
import type { SearchOptions, VectorIndex } from "../index/vector-index.js";
import { MemoryLimitError } from "../kernels/memory-limit-error.js";
import { normalizeVectors } from "../kernels/normalize-vectors.js";
import { workSlices } from "../kernels/work-slices.js";
import type { DocumentToPickle } from "../pickle/write-docstore-pickle.js";
import { addInChunks, checkInChunks, normalizeInChunks } from "./add-in-chunks.js";
import { AllowedCache } from "./allowed-cache.js";
import type { StoreContents } from "./contents-builder.js";
import { createIndex } from "./create-index.js";
import { type Allowed, findAllowed, positionsOf } from "./find-allowed.js";
import type { IndexOption } from "./index-option.js";
import { PositionMap } from "./position-map.js";
import { ReadWriteLock } from "./read-write-lock.js";
import { rebuildIndex } from "./rebuild-index.js";
import type { LongOperationOptions } from "./store-progress.js";

/** Slots are 32-bit numbers, of which two stand for something else. */
const MAX_DOCUMENTS = 2 ** 32 - 2;

/** What a flat index moves at once, in floats, when vectors before them are removed: about five milliseconds. */
const FLOATS_MOVED_AT_ONCE = 1 << 19;

/** Removed vectors stay in a large flat index until they are this share of it. */
const MOST_REMOVED = 0.25;

/** What makes two stores compare vectors the same way. */
export interface StoreSettings {
  readonly distanceStrategy: DistanceStrategy;
  /** Whether vectors are scaled to length 1 under "l2"; "cosine" always does. */
  readonly normalizeL2: boolean;
  readonly index: IndexOption;
}

/** Documents on their way in: everything checked and written out, nothing stored yet. */
export interface Incoming {
  readonly ids: readonly string[];
  /** The same documents in the same order, from slot 0 on. */
  readonly documents: Docstore;
  /** Row-major, one row for each id. */
  readonly vectors: Float32Array;
  readonly dimensions: number;
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

/** The index, the documents, and which belongs to which, changed only together. Knows no embeddings. */
export class StoreCore {
  readonly lock = new ReadWriteLock();
  #positions: PositionMap;
  readonly #allowed = new AllowedCache();
  #documents: Docstore;
  #index: VectorIndex | undefined;

  constructor(
    readonly settings: StoreSettings,
    contents: Partial<StoreContents> & { index?: VectorIndex | undefined; metric?: Metric } = {},
  ) {
    const { distanceStrategy } = settings;
    if (!DISTANCE_STRATEGIES.includes(distanceStrategy)) {
      throw new InvalidArgumentError("distanceStrategy", '"l2", "ip" or "cosine"', distanceStrategy);
    }
    const { metric = metricOf(distanceStrategy) } = contents;
    if (metric !== metricOf(distanceStrategy)) {
      throw new StoreMismatchError(
        `the strategy "${distanceStrategy}" needs another index than one of metric ${metric}.`,
      );
    }
    this.#index = contents.index;
    this.#documents = contents.documents ?? new Docstore();
    this.#positions = contents.positions ?? new PositionMap();
  }

  get documents(): Docstore {
    return this.#documents;
  }

  get positions(): PositionMap {
    return this.#positions;
  }

  /** The index; `undefined` until the first vector tells its dimensions. */
  get index(): VectorIndex | undefined {
    return this.#index;
  }

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
    const { ids, documents, vectors, dimensions } = incoming;
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
    const expected = this.#index?.dimensions ?? dimensions;
    if (dimensions !== expected) throw new VectorDimensionError(expected, dimensions, "vectors");
    await checkInChunks(vectors, dimensions, signal);
    const scaled = this.normalizes ? await normalizeInChunks(vectors, dimensions, signal) : vectors;
    const index = this.#index ?? createIndex(this.settings.index, dimensions, this.metric, ids.length);
    try {
      if (!index.isTrained) await index.train(scaled, { signal });
      await addInChunks(index, scaled, { signal, onProgress });
    } catch (error) {
      if (this.#index === undefined) index.dispose();
      else await this.#disown(this.#index);
      throw error;
    }
    // From here on nothing fails: the old documents go and the new ones come, and nobody reads meanwhile.
    this.#index = index;
    const slices = workSlices();
    for (const [i, id] of ids.entries()) {
      const replaced = incoming.upsert ? this.documents.slotOf(id) : undefined;
      if (replaced !== undefined) this.#remove(this.positions.positionOf(replaced));
      this.positions.append(this.documents.append(id, documents.recordAt(i)));
      if (slices.due()) await slices.pause();
    }
    await this.#dropRemoved();
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
    this.#documents = new Docstore();
    const positions = new PositionMap();
    const slices = workSlices();
    if (this.#index instanceof IndexFlat) this.#index.rows.truncate(0);
    while (positions.length < (this.#index?.ntotal ?? 0)) {
      positions.appendRemoved();
      if (slices.due()) await slices.pause();
    }
    this.#positions = positions;
    this.#allowed.clear();
  }

  /** The k nearest documents that pass the filter, best first. Call it under the read lock. */
  async search(query: Float32Array, k: number, options: CoreSearchOptions = {}): Promise<Hit[]> {
    const { filter, efSearch, nprobe, signal } = options;
    const index = this.#index;
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

  /** The document at a position, a fresh copy. */
  documentAt(position: number): Document {
    return this.documents.documentAt(this.positions.slotAt(position));
  }

  /** The document of a slot, with Python's types. */
  documentToPickle(slot: number): DocumentToPickle {
    return {
      id: this.documents.idAt(slot),
      content: this.documents.recordAt(slot).content,
      metadata: this.documents.pythonMetadataAt(slot),
    };
  }

  /** Vectors are scaled to length 1 on their way in. */
  get normalizes(): boolean {
    return this.settings.distanceStrategy === "cosine" || this.settings.normalizeL2;
  }

  get metric(): Metric {
    return metricOf(this.settings.distanceStrategy);
  }

  /**
   * Makes positions contiguous where the index kept vectors of removed documents: a new index is built without them.
   * When that is aborted, nothing has changed. Call it under the write lock.
   */
  async compact(options: LongOperationOptions = {}): Promise<void> {
    if (this.positions.removed === 0 || this.#index === undefined) return;
    const old = this.#index;
    this.#index = await rebuildIndex(old, this.positions, options);
    await this.positions.compact(workSlices());
    this.#allowed.clear();
    old.dispose();
  }

  #findAllowed(filter: FaissFilter | undefined, signal?: AbortSignal): Promise<Allowed> {
    return this.#allowed.get(filter, () => findAllowed(this, filter, signal));
  }

  /** Forgets vectors at the index's end that belong to no document: a change failed after they were added. */
  async #disown(index: VectorIndex): Promise<void> {
    while (this.positions.length < index.ntotal) this.positions.appendRemoved();
    await this.#dropRemoved();
  }

  async #deleteAt(positions: Iterable<number>, options: LongOperationOptions): Promise<void> {
    const slices = workSlices();
    for (const position of positions) {
      this.#remove(position);
      if (slices.due()) await slices.pause();
    }
    await this.#dropRemoved(options);
  }

  #remove(position: number): void {
    if (this.positions.isRemoved(position)) return;
    this.#documents.remove(this.positions.slotAt(position));
    this.positions.markRemoved(position);
  }

  /** Gives memory of removed documents back, where that is worth its time. */
  async #dropRemoved({ onProgress }: LongOperationOptions = {}): Promise<void> {
    this.#allowed.clear();
    if (this.positions.removed > 0 && this.#index instanceof IndexFlat) {
      await this.#dropVectors(this.#index, onProgress);
    }
    if (!this.#documents.isSparse) return;
    const { documents, slots } = await this.#documents.compacted(workSlices());
    await this.positions.moveSlots(slots, workSlices());
    this.#documents = documents;
  }

  /**
   * Flat indexes give removed vectors up at once when few others have to move for it, else when they have become many;
   * the other kinds keep them until `compact`.
   */
  async #dropVectors(index: IndexFlat, onProgress: LongOperationOptions["onProgress"]): Promise<void> {
    const { length, removed } = this.positions;
    const first = this.positions.firstRemoved();
    const rows = length - first;
    if (rows === removed) index.rows.truncate(first);
    else if (rows * index.dimensions <= FLOATS_MOVED_AT_ONCE) await index.removeIds(this.#removedFrom(first));
    else if (removed > length * MOST_REMOVED) return this.#compactIfRoom(onProgress);
    else return;
    await this.positions.compact(workSlices());
  }

  /** The vectors are marked as removed and may stay: without memory for a new index, they do. */
  async #compactIfRoom(onProgress: LongOperationOptions["onProgress"]): Promise<void> {
    try {
      await this.compact({ ...(onProgress && { onProgress }) });
    } catch (error) {
      if (!(error instanceof MemoryLimitError || error instanceof RangeError)) throw error;
    }
  }

  *#removedFrom(first: number): Generator<number> {
    for (let position = first; position < this.positions.length; position++) {
      if (this.positions.isRemoved(position)) yield position;
    }
  }

  /** Rounding carries cosines of equal vectors a hair past 1. */
  #score(distance: number): number {
    return this.settings.distanceStrategy === "cosine" ? Math.max(-1, Math.min(1, distance)) : distance;
  }
}
