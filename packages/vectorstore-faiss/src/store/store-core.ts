import type { Document } from "@langchain/core/documents";
import { DISTANCE_STRATEGIES, type DistanceStrategy, metricOf } from "../distance-strategy.js";
import { Docstore } from "../docstore/docstore.js";
import type { StoredRecord } from "../docstore/record-heap.js";
import { DuplicateIdError } from "../errors/duplicate-id-error.js";
import { StoreMismatchError } from "../errors/store-mismatch-error.js";
import { UnknownDocumentIdError } from "../errors/unknown-document-id-error.js";
import { VectorDimensionError } from "../errors/vector-dimension-error.js";
import type { FaissFilter } from "../filter/metadata-filter.js";
import { IndexFlat } from "../index/index-flat.js";
import { InvalidArgumentError } from "../index/invalid-argument-error.js";
import type { Metric } from "../index/metric.js";
import type { SearchOptions, VectorIndex } from "../index/vector-index.js";
import { normalizeVectors } from "../kernels/normalize-vectors.js";
import { workSlices } from "../kernels/work-slices.js";
import type { DocumentToPickle } from "../pickle/write-docstore-pickle.js";
import { addInChunks, checkInChunks, normalizeInChunks } from "./add-in-chunks.js";
import { AllowedCache } from "./allowed-cache.js";
import type { StoreContents } from "./contents-builder.js";
import { createIndex } from "./create-index.js";
import { type Allowed, findAllowed } from "./find-allowed.js";
import type { IndexOption } from "./index-option.js";
import { PositionMap } from "./position-map.js";
import { ReadWriteLock } from "./read-write-lock.js";
import { rebuildIndex } from "./rebuild-index.js";
import type { LongOperationOptions } from "./store-progress.js";

/** What a JavaScript Map can hold. */
const MAX_DOCUMENTS = 2 ** 24;

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
  readonly records: readonly StoredRecord[];
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
  readonly positions: PositionMap;
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
    this.positions = contents.positions ?? new PositionMap();
  }

  get documents(): Docstore {
    return this.#documents;
  }

  /** The index; `undefined` until the first vector tells its dimensions. */
  get index(): VectorIndex | undefined {
    return this.#index;
  }

  /** @throws DuplicateIdError */
  checkNewIds(ids: readonly string[]): void {
    const stored = ids.filter((id) => this.documents.has(id));
    if (stored.length > 0) throw new DuplicateIdError(stored, "because the store has them");
  }

  /** Stores everything or, when anything is wrong, nothing. Call it under the write lock. */
  async add(incoming: Incoming, { signal, onProgress }: LongOperationOptions = {}): Promise<void> {
    const { ids, records, vectors, dimensions } = incoming;
    if (!incoming.upsert) this.checkNewIds(ids);
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
    // From here on nothing fails: the old documents go and the new ones come, and no search runs meanwhile.
    this.#index = index;
    const slices = workSlices();
    this.#remove(ids.filter((id) => this.documents.has(id)).map((id) => this.#positionOf(id)));
    for (const [i, id] of ids.entries()) {
      this.positions.append(this.documents.append(id, records[i]!));
      if (slices.due()) await slices.pause();
    }
    await this.#dropRemoved();
  }

  /** Removes documents. Call it under the write lock. @throws UnknownDocumentIdError, and then nothing is removed */
  async delete(ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => !this.documents.has(id));
    if (unknown.length > 0) throw new UnknownDocumentIdError(unknown);
    this.#remove([...new Set(ids)].map((id) => this.#positionOf(id)));
    await this.#dropRemoved();
  }

  /** Ids of the documents that pass a filter. */
  async idsWhere(filter: FaissFilter, signal?: AbortSignal): Promise<string[]> {
    const allowed = await this.#findAllowed(filter, signal);
    return allowed.positions.map((position) => this.documents.idAt(this.positions.slotAt(position)));
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
    const wanted = Math.min(k, allowed === undefined ? this.documents.size : allowed.positions.length);
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
   * Makes positions contiguous where the index kept vectors of removed documents: graphs are built anew. Call it
   * under the write lock.
   */
  async compact(options: LongOperationOptions = {}): Promise<void> {
    if (this.positions.removed === 0 || this.#index === undefined) return;
    const old = this.#index;
    this.#index = await rebuildIndex(old, this.positions, options);
    this.positions.compact();
    this.#allowed.clear();
    old.dispose();
  }

  #findAllowed(filter: FaissFilter | undefined, signal?: AbortSignal): Promise<Allowed> {
    return this.#allowed.get(filter, () => findAllowed(this, filter, signal));
  }

  #positionOf(id: string): number {
    return this.positions.positionOf(this.documents.slotOf(id)!);
  }

  /** Forgets vectors at the index's end that belong to no document: a change failed after they were added. */
  async #disown(index: VectorIndex): Promise<void> {
    while (this.positions.length < index.ntotal) this.positions.appendRemoved();
    await this.#dropRemoved();
  }

  #remove(positions: readonly number[]): void {
    this.#documents.remove(positions.map((position) => this.positions.slotAt(position)));
    this.positions.markRemoved(positions);
  }

  /** Flat indexes give removed vectors up at once; the others keep them until `compact`. */
  async #dropRemoved(): Promise<void> {
    this.#allowed.clear();
    if (this.positions.removed > 0 && this.#index instanceof IndexFlat) {
      await this.#index.removeIds(this.positions.removedPositions());
      this.positions.compact();
    }
    if (!this.#documents.isSparse) return;
    const { documents, slots } = await this.#documents.compacted(workSlices());
    this.positions.moveSlots(slots);
    this.#documents = documents;
  }

  /** Rounding carries cosines of equal vectors a hair past 1. */
  #score(distance: number): number {
    return this.settings.distanceStrategy === "cosine" ? Math.max(-1, Math.min(1, distance)) : distance;
  }
}
