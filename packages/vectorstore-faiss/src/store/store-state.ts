import type { Document } from "@langchain/core/documents";
import {
  IndexFlat,
  InvalidArgumentError,
  MemoryLimitError,
  type Metric,
  type VectorIndex,
} from "@secondpass/faiss";
import { workSlices } from "@secondpass/faiss/io";
import { DISTANCE_STRATEGIES, type DistanceStrategy, metricOf } from "../distance-strategy.js";
import { Docstore } from "../docstore/docstore.js";
import { StoreMismatchError } from "../errors/store-mismatch-error.js";
import type { DocumentToPickle } from "../pickle/write-docstore-pickle.js";
import { AllowedCache } from "./allowed-cache.js";
import type { StoreContents } from "./contents-builder.js";
import type { IndexOption } from "./index-option.js";
import { PositionMap } from "./position-map.js";
import { ReadWriteLock } from "./read-write-lock.js";
import { rebuildIndex } from "./rebuild-index.js";
import type { LongOperationOptions } from "./store-progress.js";

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

/**
 * The index, the documents, and which belongs to which; and how memory of what was removed is given back. `StoreCore`
 * changes and searches it.
 */
export abstract class StoreState {
  readonly lock = new ReadWriteLock();
  /** What filters let through, until the next change. */
  protected readonly allowed = new AllowedCache();
  protected currentDocuments: Docstore;
  protected currentPositions: PositionMap;
  protected currentIndex: VectorIndex | undefined;

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
    this.currentIndex = contents.index;
    this.currentDocuments = contents.documents ?? new Docstore();
    this.currentPositions = contents.positions ?? new PositionMap();
  }

  get documents(): Docstore {
    return this.currentDocuments;
  }

  get positions(): PositionMap {
    return this.currentPositions;
  }

  /** The index; `undefined` until the first vector tells its dimensions. */
  get index(): VectorIndex | undefined {
    return this.currentIndex;
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
    if (this.positions.removed === 0 || this.currentIndex === undefined) return;
    const old = this.currentIndex;
    this.currentIndex = await rebuildIndex(old, this.positions, options);
    await this.positions.compact(workSlices());
    this.allowed.clear();
    old.dispose();
  }

  /** Takes a document away, and marks its vector. `dropRemoved` must follow. */
  protected remove(position: number): void {
    if (this.positions.isRemoved(position)) return;
    this.currentDocuments.remove(this.positions.slotAt(position));
    this.positions.markRemoved(position);
  }

  /** Gives memory of removed documents back, where that is worth its time. */
  protected async dropRemoved({ onProgress }: LongOperationOptions = {}): Promise<void> {
    this.allowed.clear();
    if (this.positions.removed > 0 && this.currentIndex instanceof IndexFlat) {
      await this.#dropVectors(this.currentIndex, onProgress);
    }
    if (!this.currentDocuments.isSparse) return;
    const { documents, slots } = await this.currentDocuments.compacted(workSlices());
    await this.positions.moveSlots(slots, workSlices());
    this.currentDocuments = documents;
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
    else if (rows * index.dimensions <= FLOATS_MOVED_AT_ONCE)
      await index.removeIds(this.positions.removedPositions());
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
}
