import type { Document } from "@langchain/core/documents";
import { workSlices } from "@secondpass/core";
import {
  createIndex,
  type IndexOption,
  InvalidArgumentError,
  MemoryLimitError,
  type Metric,
  UnsupportedOperationError,
  type VectorIndex,
} from "@secondpass/faiss";
import { Docstore } from "../documents/docstore.js";
import { DuplicateIdError } from "../errors/duplicate-id-error.js";
import { StoreMismatchError } from "../errors/store-mismatch-error.js";
import { UnknownDocumentIdError } from "../errors/unknown-document-id-error.js";
import { VectorDimensionError } from "../errors/vector-dimension-error.js";
import { DISTANCE_STRATEGIES, type DistanceStrategy, metricOf, strategyOf } from "./distance-strategy.js";
import { PositionMap } from "./position-map.js";
import { ReadWriteLock } from "./read-write-lock.js";
import { rebuildIndex } from "./rebuild-index.js";
import type { LongOperationOptions } from "./store-progress.js";
import type { VectorPieces } from "./vector-pieces.js";

/** Slots are 32-bit numbers, of which two are reserved. */
const MAX_DOCUMENTS = 2 ** 32 - 2;

/** Floats that a flat index moves in one step to close the gaps of removed vectors: about five milliseconds. */
const FLOATS_MOVED_AT_ONCE = 1 << 19;

/** A large flat index keeps removed vectors until they are this share of it. */
const MAX_REMOVED = 0.25;

/**
 * Other indexes keep removed vectors until they are this share, because to copy a graph without many of its nodes is to build it again. So each removal costs as much
 * as an addition, on average, and an index takes at most twice the memory of its documents.
 */
const MAX_REMOVED_OTHERS = 0.5;

/** How a store compares vectors. */
export interface StoreSettings {
  readonly distanceStrategy: DistanceStrategy;
  /** Whether vectors are scaled to length 1 under "l2"; "cosine" always does. */
  readonly normalizeL2: boolean;
  readonly index: IndexOption;
}

/** Documents, and which position of the index each belongs to. */
export interface IndexedDocuments {
  readonly documents: Docstore;
  readonly positions: PositionMap;
}

/** New documents with a vector for each: everything is checked and encoded, nothing is stored yet. */
export interface Incoming {
  readonly ids: readonly string[];
  /** The same documents in the same order, from slot 0 on. */
  readonly documents: Docstore;
  readonly vectors: VectorPieces;
  /** The document of each vector. @default a vector for each document, in the same order */
  readonly owners?: Uint32Array;
  /** Whether stored documents with the same ids are replaced: all, none (throws), or by their place in `ids`. */
  readonly replaces: boolean | ((i: number) => Promise<boolean>);
}

/** The index, the documents, and the map between them, which change only together. Does not use embeddings. */
export class StoreContents implements IndexedDocuments {
  readonly lock = new ReadWriteLock();
  readonly metric: Metric;
  /** Whether vectors and queries are scaled to length 1 before they are added or searched. */
  readonly normalizes: boolean;
  #documents: Docstore;
  #positions: PositionMap;
  #index: VectorIndex | undefined;
  #version = 0;

  /**
   * @throws InvalidArgumentError for an unknown strategy; StoreMismatchError if a saved index has another one's metric;
   * UnsupportedOperationError for a metric that no strategy has
   */
  constructor(
    readonly settings: StoreSettings,
    saved: Partial<IndexedDocuments> & { index?: VectorIndex | undefined; metric?: Metric } = {},
  ) {
    const { distanceStrategy, normalizeL2 } = settings;
    if (!DISTANCE_STRATEGIES.includes(distanceStrategy)) {
      const names = DISTANCE_STRATEGIES.map((name) => `"${name}"`).join(", ");
      throw new InvalidArgumentError("distanceStrategy", `one of ${names}`, distanceStrategy);
    }
    this.metric = metricOf(distanceStrategy);
    this.normalizes = distanceStrategy === "cosine" || normalizeL2;
    const { metric = this.metric } = saved;
    if (strategyOf(metric) === undefined) {
      throw new UnsupportedOperationError(
        saved.index?.kind ?? "The index",
        `metric ${metric} in a store`,
        `A store has no distance strategy for it. Search the index itself, by \`readIndexFile\` of @secondpass/faiss.`,
      );
    }
    if (metric !== this.metric) {
      throw new StoreMismatchError(
        `the strategy "${distanceStrategy}" needs another index than one of metric ${metric}.`,
      );
    }
    this.#index = saved.index;
    this.#documents = saved.documents ?? new Docstore();
    this.#positions = saved.positions ?? new PositionMap();
  }

  get documents(): Docstore {
    return this.#documents;
  }

  get positions(): PositionMap {
    return this.#positions;
  }

  /** The index; `undefined` until the first vector, which sets the dimensions. */
  get index(): VectorIndex | undefined {
    return this.#index;
  }

  /** Grows with every change; caches of facts about documents compare it. */
  get version(): number {
    return this.#version;
  }

  /** The document at a position, a fresh copy. */
  documentAt(position: number): Document {
    return this.#documents.documentAt(this.#positions.slotAt(position));
  }

  /** @throws DuplicateIdError for stored ids that are not replaced */
  async checkNewIds(
    ids: readonly string[],
    replaces: Incoming["replaces"],
    signal?: AbortSignal,
  ): Promise<void> {
    if (replaces === true) return;
    const slices = workSlices(signal);
    const stored: string[] = [];
    for (const [i, id] of ids.entries()) {
      if (this.#documents.has(id) && !(replaces && (await replaces(i)))) stored.push(id);
      if (slices.due()) await slices.pause();
    }
    if (stored.length > 0) throw new DuplicateIdError(stored, "because the store has them");
  }

  /** Stores everything or, if anything is wrong, nothing. Call it under the write lock. */
  async add(incoming: Incoming, { signal, onProgress }: LongOperationOptions = {}): Promise<void> {
    const { ids, documents, replaces, owners } = incoming;
    await this.checkNewIds(ids, replaces, signal);
    if (ids.length === 0) return;
    const count = this.#documents.size + ids.length;
    if (count > MAX_DOCUMENTS) {
      throw new InvalidArgumentError("documents", `at most ${MAX_DOCUMENTS} in one store`, count);
    }
    const { dimensions } = incoming.vectors;
    // Another call may have set the dimensions since these vectors were made.
    const expected = this.#index?.dimensions ?? dimensions;
    if (dimensions !== expected) throw new VectorDimensionError(expected, dimensions, "vectors");
    await incoming.vectors.check(signal);
    const vectors = this.normalizes ? await incoming.vectors.normalized(signal) : incoming.vectors;
    const target = { dimensions, metric: this.metric, expectedVectors: owners?.length ?? ids.length };
    const index = this.#index ?? createIndex(this.settings.index, target);
    try {
      if (!index.isTrained) await index.train(await vectors.joined(signal), { signal });
      await vectors.addTo(index, { signal, onProgress });
    } catch (error) {
      if (this.#index === undefined) index.dispose();
      else await this.#removeUnowned(this.#index);
      throw error;
    }
    // From here on nothing fails: old documents are replaced by new ones while nobody reads.
    this.#index = index;
    const slices = workSlices();
    const firstSlot = this.#documents.slots;
    for (const [i, id] of ids.entries()) {
      const replaced = replaces === false ? undefined : this.#documents.slotOf(id);
      if (replaced !== undefined) this.#remove(replaced);
      const slot = this.#documents.append(id, documents.recordAt(i));
      if (owners === undefined) this.#positions.append(slot);
      if (slices.due()) await slices.pause();
    }
    for (const owner of owners ?? []) {
      this.#positions.append(firstSlot + owner);
      if (slices.due()) await slices.pause();
    }
    await this.#dropRemoved({ signal });
  }

  /** Removes documents by id. Call it under the write lock. @throws UnknownDocumentIdError; nothing is removed then */
  async delete(
    ids: readonly string[],
    { ignoreMissing = false, ...options }: LongOperationOptions & { readonly ignoreMissing?: boolean } = {},
  ): Promise<void> {
    const slices = workSlices(options.signal);
    const slots: number[] = [];
    const unknown: string[] = [];
    for (const id of ids) {
      const slot = this.#documents.slotOf(id);
      if (slot !== undefined) slots.push(slot);
      else if (!ignoreMissing) unknown.push(id);
      if (slices.due()) await slices.pause();
    }
    if (unknown.length > 0) throw new UnknownDocumentIdError(unknown);
    await this.#deleteSlots(slots, options);
  }

  /** Removes the documents at these positions, with all their vectors. Call it under the write lock. */
  async deleteAt(positions: Iterable<number>, options: LongOperationOptions = {}): Promise<void> {
    await this.#deleteSlots(this.#slotsAt(positions), options);
  }

  *#slotsAt(positions: Iterable<number>): Generator<number> {
    for (const position of positions) {
      // An earlier position of the same document may have removed it already.
      if (!this.#positions.isRemoved(position)) yield this.#positions.slotAt(position);
    }
  }

  async #deleteSlots(slots: Iterable<number>, options: LongOperationOptions): Promise<void> {
    const slices = workSlices();
    for (const slot of slots) {
      this.#remove(slot);
      if (slices.due()) await slices.pause();
    }
    await this.#dropRemoved(options);
  }

  /** Removes all documents. Call it under the write lock. */
  async deleteAll(): Promise<void> {
    this.#documents = new Docstore();
    const positions = new PositionMap();
    this.#index?.truncate?.(0);
    await positions.appendRemovedTo(this.#index?.ntotal ?? 0, workSlices());
    this.#positions = positions;
    await this.#dropRemoved();
  }

  /**
   * Makes positions contiguous if the index kept vectors of removed documents: a new index is built without them.
   * If that is aborted, nothing has changed. Call it under the write lock.
   */
  async compact(options: LongOperationOptions = {}): Promise<void> {
    if (this.#positions.removed === 0 || this.#index === undefined) return;
    const old = this.#index;
    this.#index = await rebuildIndex(old, this.#positions, options);
    await this.#positions.compact(workSlices());
    this.#version++;
    old.dispose();
  }

  /** Runs `work` while nothing changes, with contiguous positions. */
  async settled<T>(work: () => Promise<T>, options: LongOperationOptions): Promise<T> {
    if (this.#positions.removed === 0) return this.lock.read(work);
    return this.lock.write(async () => {
      await this.compact(options);
      return work();
    });
  }

  /** Removes a document, and marks its vectors as removed. Call `#dropRemoved` afterwards. */
  #remove(slot: number): void {
    this.#documents.remove(slot);
    for (const position of this.#positions.positionsOf(slot)) this.#positions.markRemoved(position);
  }

  /** Removes the vectors at the index's end that belong to no document: a change failed after they were added. */
  async #removeUnowned(index: VectorIndex): Promise<void> {
    await this.#positions.appendRemovedTo(index.ntotal, workSlices());
    await this.#dropRemoved();
  }

  /** Frees the memory of removed documents, if there is enough of it. An abort only leaves their vectors in the index. */
  async #dropRemoved(options: LongOperationOptions = {}): Promise<void> {
    this.#version++;
    const { length, removed } = this.#positions;
    if (removed > 0 && this.#index !== undefined) {
      if (this.#index.truncate !== undefined) await this.#dropVectors(this.#index, options);
      else if (removed > length * MAX_REMOVED_OTHERS && this.#index.without !== undefined)
        await this.#compactIfRoom(options);
    }
    if (!this.#documents.isSparse) return;
    const { documents, slots } = await this.#documents.compacted(workSlices());
    await this.#positions.moveSlots(slots, workSlices());
    this.#documents = documents;
  }

  /**
   * Drops removed vectors of a flat index, which can be truncated: immediately if few other vectors have to move, otherwise once they are many.
   */
  async #dropVectors(index: VectorIndex, options: LongOperationOptions): Promise<void> {
    const { length, removed } = this.#positions;
    const first = this.#positions.firstRemoved();
    const rows = length - first;
    if (rows === removed) index.truncate?.(first);
    else if (rows * index.dimensions <= FLOATS_MOVED_AT_ONCE)
      await index.removeIds(this.#positions.removedPositions());
    else if (removed > length * MAX_REMOVED) return this.#compactIfRoom(options);
    else return;
    await this.#positions.compact(workSlices());
  }

  /** Compacts the index, unless it is aborted or there is not enough memory for a new one: the vectors are marked as removed and may stay. */
  async #compactIfRoom({ signal, onProgress }: LongOperationOptions): Promise<void> {
    try {
      await this.compact({ ...(signal && { signal }), ...(onProgress && { onProgress }) });
    } catch (error) {
      const mayStay = [MemoryLimitError, RangeError, UnsupportedOperationError];
      if (!signal?.aborted && !mayStay.some((type) => error instanceof type)) throw error;
    }
  }
}
