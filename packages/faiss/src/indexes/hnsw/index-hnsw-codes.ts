import { workSlices } from "@secondpass/core";
import { checkInteger } from "../../checks/check-integer.js";
import { checkK } from "../../checks/check-k.js";
import { checkQueries, checkVectorsInSlices } from "../../checks/check-vectors.js";
import { checkSearchOptions, checkWorkOptions } from "../../checks/check-work-options.js";
import type { Metric } from "../../contract/metric.js";
import type { SearchResult } from "../../contract/search-result.js";
import type { SearchOptions, VectorIndex, WorkOptions } from "../../contract/vector-index.js";
import { IndexDisposedError } from "../../errors/index-disposed-error.js";
import { UnsupportedOperationError } from "../../errors/unsupported-operation-error.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import { readHeader, writeHeader } from "../../format/index-header.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { toPositionBitmap } from "../../ids/id-filter.js";
import { LinkedGraph, type NodeDistance } from "../../kernels/linked-graph.js";
import { packResults } from "../../kernels/pack-results.js";
import { scoreRow } from "../../kernels/score-row.js";
import type { TopK } from "../../kernels/top-k.js";
import { IndexCodes } from "../codes/index-codes.js";
import { IndexRaBitQ } from "../rabitq/index-rabitq.js";
import { drawLevels, type HnswLevels } from "./hnsw-levels.js";
import { nodeFilter } from "./node-filter.js";
import { type GraphState, readGraph } from "./read-graph.js";
import { writeGraph } from "./write-graph.js";

/** Maximum number of nodes that a walk keeps; a search for more compares all codes. */
const MAX_WALK = 1 << 12;

/** Nodes copied between two checks of the clock. */
const NODES_PER_STEP = 512;

const RABITQ = "IHNr";

/** faiss's classes of such graphs, by type code. */
const CLASSES: Readonly<Record<string, string>> = {
  IHNs: "IndexHNSWSQ",
  IHNp: "IndexHNSWPQ",
  [RABITQ]: "IndexHNSWRaBitQ",
};

/**
 * An HNSW graph whose nodes are codes of another index. Read from files; labels are positions. As in faiss, nothing can be removed.
 *
 * @example
 * const index = await readIndexFile("hnsw-sq8.faiss"); // an IndexHNSWCodes of kind "IndexHNSWSQ"
 * await index.search(query, 10, { efSearch: 64 });
 */
export class IndexHNSWCodes implements VectorIndex {
  readonly kind: string;
  readonly labelsArePositions = true;
  readonly levels: HnswLevels;
  efConstruction: number;
  efSearch: number;
  #graph: LinkedGraph | undefined;

  /**
   * @param code the file's type code
   * @param storage the codes, one for each node; the index owns it
   */
  constructor(
    readonly code: string,
    readonly storage: IndexCodes,
    state: GraphState,
    createGraph: (distancesFrom: (node: number) => NodeDistance) => LinkedGraph,
    /** The metric of the header, which differs from the storage's in old files. */
    readonly metric: Metric = storage.metric,
  ) {
    this.kind = CLASSES[code]!;
    this.levels = state.levels;
    this.efConstruction = state.efConstruction;
    this.efSearch = state.efSearch;
    this.#graph = createGraph((node) => this.distancesFrom(node));
  }

  /** @throws IndexDisposedError */
  get graph(): LinkedGraph {
    if (this.#graph === undefined) throw new IndexDisposedError(this.kind);
    return this.#graph;
  }

  get dimensions(): number {
    return this.storage.dimensions;
  }

  get ntotal(): number {
    return this.graph.count;
  }

  get isTrained(): boolean {
    return this.storage.isTrained;
  }

  train(): Promise<void> {
    return this.storage.train();
  }

  /** Adds vectors and links the new nodes, which takes most of the time; if aborted, the vectors linked so far stay. */
  async add(vectors: Float32Array, options: WorkOptions = {}): Promise<void> {
    checkWorkOptions(options, "add");
    const { signal, onProgress } = options;
    const { dimensions } = this;
    const total = await checkVectorsInSlices(vectors, dimensions, "vectors", signal);
    const slices = workSlices(signal);
    for (let i = 0; i < total; i++) {
      signal?.throwIfAborted();
      await this.storage.add(vectors.subarray(i * dimensions, (i + 1) * dimensions));
      this.#linkNext();
      onProgress?.(i + 1, total);
      if (slices.due()) await slices.pause({ ignoreSignal: true });
    }
  }

  /** Adds a node for the first code without one. */
  #linkNext(): void {
    const { graph } = this;
    const node = graph.count;
    graph.addFree(drawLevels(this.levels, node, 1));
    graph.insert(node, Math.min(this.efConstruction, MAX_WALK));
  }

  async addWithIds(): Promise<void> {
    throw new UnsupportedOperationError(this.kind, "addWithIds", "Wrap it in an IndexIDMap2.");
  }

  /** As `IndexHNSWFlat.search`; distances are those of the codes. */
  async search(queries: Float32Array, k: number, options: SearchOptions = {}): Promise<SearchResult> {
    checkSearchOptions(options);
    const { filter, signal, efSearch = this.efSearch } = options;
    const { dimensions, ntotal, graph, storage } = this;
    const count = await checkQueries(queries, dimensions, signal);
    checkK(k, count);
    checkInteger("efSearch", efSearch, 1);
    const allowed = filter === undefined ? undefined : await toPositionBitmap(filter, ntotal, signal);
    const ef = Math.min(Math.max(efSearch, k), Math.max(1, ntotal));
    const byNode = allowed && nodeFilter(allowed, ntotal, ef, MAX_WALK);
    if (ef > MAX_WALK || (allowed !== undefined && byNode === undefined))
      return storage.search(queries, k, { filter: allowed, signal });
    const slices = workSlices(signal);
    const found: TopK[] = [];
    for (let start = 0; start < queries.length; start += dimensions) {
      if (slices.due()) await slices.pause();
      const score = storage.scorer(queries.subarray(start, start + dimensions));
      const codes = storage.codes.data;
      const best = graph.search((node) => -score(codes, node, -Infinity), k, ef, byNode);
      if (best.count < Math.min(k, byNode?.allowedCount ?? 0))
        return storage.search(queries, k, { filter: allowed, signal });
      found.push(best);
    }
    return packResults(storage.metric, found, count, k, signal);
  }

  reconstruct(label: bigint | number): Float32Array {
    return this.storage.reconstruct(label);
  }

  reconstructN(start: number, count: number): Float32Array {
    return this.storage.reconstructN(start, count);
  }

  async removeIds(): Promise<number> {
    throw new UnsupportedOperationError(
      this.kind,
      "removeIds",
      "Pass a filter to `search` that leaves them out, or build the index again.",
    );
  }

  async clone(): Promise<IndexHNSWCodes> {
    const { graph } = this;
    const copy = await this.over(await this.storage.clone());
    const slices = workSlices();
    for (let first = 0; first < graph.count; first += NODES_PER_STEP) {
      const last = Math.min(first + NODES_PER_STEP, graph.count);
      const levels = Uint8Array.from({ length: last - first }, (_, i) => graph.levelOf(first + i));
      copy.graph.loadNodes(levels, graph.copyLinks(first, last));
      if (slices.due()) await slices.pause();
    }
    copy.graph.loadEntry(graph.entry, graph.maxLevel);
    return copy;
  }

  async without(labels: Iterable<number>, options: WorkOptions = {}): Promise<IndexHNSWCodes> {
    checkWorkOptions(options, "without");
    const { signal, onProgress } = options;
    const copy = this.over(await this.storage.without(labels));
    const slices = workSlices(signal);
    for (let done = 1; done <= copy.storage.ntotal; done++) {
      copy.#linkNext();
      onProgress?.(done, copy.storage.ntotal);
      if (slices.due()) await slices.pause();
    }
    return copy;
  }

  async emptyCopy(): Promise<IndexHNSWCodes> {
    return this.over(await this.storage.emptyCopy());
  }

  dispose(): void {
    this.storage.dispose();
    this.#graph = undefined;
  }

  /** An index of the same kind without nodes. */
  private over(storage: IndexCodes): IndexHNSWCodes {
    const { slots } = this.graph;
    return new IndexHNSWCodes(
      this.code,
      storage,
      this,
      (distancesFrom) => new LinkedGraph(slots, distancesFrom),
      this.metric,
    );
  }

  /** Distances of nodes to a node, between their decoded vectors. */
  private distancesFrom(node: number): NodeDistance {
    const { storage, dimensions } = this;
    const { metric, codec } = storage;
    const codes = storage.codes.data;
    const [here, there] = [new Float32Array(dimensions), new Float32Array(dimensions)];
    codec.decode(codes, node, here);
    return (other) => {
      codec.decode(codes, other, there);
      return -scoreRow(metric, here, 0, there, 0, dimensions);
    };
  }
}

/** The record of HNSW graphs over codes. */
export const hnswCodesKind = {
  names: Object.values(CLASSES),
  class: IndexHNSWCodes,
  codes: Object.keys(CLASSES),
  supports: ["add", "reconstruct", "write"],

  /** Reads header, graph, then the codes as an index. */
  async read(reader: IndexReader, code: string): Promise<IndexHNSWCodes> {
    const kind = CLASSES[code]!;
    const { dimensions, ntotal, metric } = await readHeader(reader, kind);
    let distancesFrom: (node: number) => NodeDistance = () => () => 0;
    const { graph, finish, ...state } = await readGraph(
      reader,
      ntotal,
      (slots) => new LinkedGraph(slots, (node) => distancesFrom(node)),
    );
    const storage = await reader.index();
    if (!(storage instanceof IndexCodes)) throw reader.unsupportedError(`${kind} over ${storage.kind}`);
    reader.expect(
      storage.dimensions === dimensions && storage.ntotal === ntotal,
      `Expected ${ntotal} codes of ${dimensions} dimensions for the graph, got ${storage.ntotal} of ${storage.dimensions}.`,
    );
    if (code === RABITQ) {
      const isStaged = await reader.bool();
      reader.expect(
        storage instanceof IndexRaBitQ && isStaged === isSearchedInStages(storage),
        `Expected RaBitQ codes, and a 1 after those of more than one bit, got ${storage.kind} and ${isStaged ? 1 : 0}.`,
      );
    }
    finish();
    const connect = (distances: typeof distancesFrom) => {
      distancesFrom = distances;
      return graph;
    };
    return new IndexHNSWCodes(code, storage, state, connect, metric);
  },

  async *write(
    index: IndexHNSWCodes,
    writeInner: (index: VectorIndex) => AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const writer = new BinaryWriter();
    writer.tag(index.code);
    writeHeader(writer, index);
    yield* writeGraph(writer, index, index.graph);
    yield* writeInner(index.storage);
    if (index.storage instanceof IndexRaBitQ) {
      writer.u8(isSearchedInStages(index.storage) ? 1 : 0);
      yield writer.flush();
    }
  },
} as const satisfies IndexKind<IndexHNSWCodes>;

/** Whether faiss searches by signs first: the value of the byte after RaBitQ codes. */
function isSearchedInStages({ codec }: IndexRaBitQ): boolean {
  return codec.bits > 1;
}
