import { type WorkSlices, workSlices } from "@secondpass/core";
import { checkRange } from "../../checks/check-position.js";
import { checkSearchOptions } from "../../checks/check-work-options.js";
import { NO_LABEL, type SearchResult } from "../../contract/search-result.js";
import type { SearchOptions, VectorIndex } from "../../contract/vector-index.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import type { IndexKind } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { checkLabel } from "../../ids/check-labels.js";
import { allowsLabel, labelSet } from "../../ids/id-filter.js";
import { FloatCodec } from "../../kernels/float-codec.js";
import { emptyResults } from "../../kernels/pack-results.js";
import { IndexIVF, type IvfState } from "./index-ivf.js";
import { readIvfHeader, writeIvfHeader } from "./ivf-header.js";
import { readInvertedLists } from "./read-inverted-lists.js";
import { readIvfState } from "./read-ivf-state.js";
import { writeInvertedLists } from "./write-inverted-lists.js";

/** For an id in a list, the other ids of the same vector. */
type Instances = Map<bigint, bigint[]>;

/**
 * Vectors in lists around centroids; equal vectors are stored once. Read from files.
 *
 * @example
 * const index = await readIndexFile("ivf-dedup.faiss"); // an IndexIVFFlatDedup
 * await index.search(query, 10); // finds all ids of a vector
 */
export class IndexIVFFlatDedup extends IndexIVF<FloatCodec> {
  readonly kind = "IndexIVFFlatDedup";
  #duplicates = 0;
  /** For each duplicate, the id in the list. */
  #originals = new Map<bigint, bigint>();

  constructor(
    state: IvfState<FloatCodec>,
    readonly instances: Instances,
  ) {
    super(state);
    for (const [original, others] of instances) this.#count(original, others);
  }

  override get ntotal(): number {
    return this.lists.total + this.#duplicates;
  }

  override async search(
    queries: Float32Array,
    k: number,
    options: SearchOptions = {},
  ): Promise<SearchResult> {
    checkSearchOptions(options);
    const { filter, signal } = options;
    const allows = (label: bigint) => filter === undefined || allowsLabel(filter, label);
    const some = (label: bigint) => allows(label) || (this.instances.get(label) ?? []).some(allows);
    const stored = await super.search(queries, k, {
      ...options,
      ...(filter === undefined ? {} : { filter: some }),
    });
    if (this.#duplicates === 0) return stored;
    const count = queries.length / this.dimensions;
    const results = emptyResults(this.metric, count, k);
    const slices = workSlices(signal);
    for (let query = 0; query < count; query++) {
      let next = query * k;
      const end = next + k;
      for (let from = query * k; from < end && next < end; from++) {
        const label = stored.labels[from]!;
        if (label === NO_LABEL) break;
        for (const each of [label, ...(this.instances.get(label) ?? [])]) {
          if (next === end || !allows(each)) continue;
          results.labels[next] = each;
          results.distances[next] = stored.distances[from]!;
          next++;
        }
      }
      if (slices.due()) await slices.pause();
    }
    return results;
  }

  override reconstruct(label: bigint | number): Float32Array {
    return super.reconstruct(this.#originals.get(checkLabel(label)) ?? label);
  }

  /** Vectors in lists first, then duplicates. */
  override reconstructN(start: number, count: number): Float32Array {
    checkRange(start, count, this.ntotal);
    const stored = Math.max(0, Math.min(count, this.lists.total - start));
    const vectors = new Float32Array(count * this.dimensions);
    if (stored > 0) vectors.set(super.reconstructN(start, stored));
    const originals = [...this.#originals.values()];
    for (let i = stored; i < count; i++) {
      const original = originals[start + i - this.lists.total]!;
      vectors.set(this.reconstruct(original), i * this.dimensions);
    }
    return vectors;
  }

  /** Removes ids. A vector with other ids stays in the list with the first of them. */
  override async removeIds(labels: Iterable<bigint | number>): Promise<number> {
    const slices = workSlices();
    const unwanted = await labelSet(labels, slices);
    const before = this.ntotal;
    const renamed = new Map<bigint, bigint>();
    await this.#changeInstances(([original, others]) => {
      const left = others.filter((id) => !unwanted.has(id));
      if (!unwanted.has(original) || left.length === 0) return [original, left];
      const [first, ...rest] = left as [bigint, ...bigint[]];
      renamed.set(original, first);
      return [first, rest];
    }, slices);
    for (const original of renamed.keys()) unwanted.delete(original);
    if (renamed.size > 0) await this.lists.renameIds((id) => renamed.get(id) ?? id, slices);
    await super.removeIds(unwanted);
    return before - this.ntotal;
  }

  protected override async renameIds(nameOf: (id: bigint) => bigint, slices: WorkSlices): Promise<void> {
    await super.renameIds(nameOf, slices);
    await this.#changeInstances(([original, others]) => [nameOf(original), others.map(nameOf)], slices);
  }

  async #changeInstances(
    change: (each: readonly [bigint, readonly bigint[]]) => [bigint, bigint[]],
    slices: WorkSlices,
  ): Promise<void> {
    const before = [...this.instances];
    this.instances.clear();
    this.#originals.clear();
    this.#duplicates = 0;
    for (const each of before) {
      const [original, others] = change(each);
      if (others.length > 0) this.instances.set(original, others);
      this.#count(original, others);
      if (slices.due()) await slices.pause();
    }
  }

  protected override store(list: number, code: Uint8Array, id: bigint): void {
    const stored = this.lists.get(list);
    const at = stored === undefined ? -1 : findCode(stored.codes, stored.length, code);
    if (at < 0) {
      super.store(list, code, id);
      return;
    }
    const original = stored!.ids.at(at);
    const others = this.instances.get(original);
    if (others === undefined) this.instances.set(original, [id]);
    else others.push(id);
    this.#count(original, [id]);
  }

  protected withState(state: IvfState<FloatCodec>): this {
    // An empty copy has no duplicates.
    const isEmpty = state.lists.total === 0;
    const instances: Instances = new Map();
    if (!isEmpty) for (const [id, others] of this.instances) instances.set(id, [...others]);
    return new IndexIVFFlatDedup(state, instances) as this;
  }

  #count(original: bigint, others: readonly bigint[]): void {
    this.#duplicates += others.length;
    for (const id of others) this.#originals.set(id, original);
  }
}

/** The row of a code, -1 if there is none. */
function findCode(codes: Uint8Array, length: number, wanted: Uint8Array): number {
  for (let row = 0; row < length; row++) {
    let i = 0;
    while (i < wanted.length && codes[row * wanted.length + i] === wanted[i]) i++;
    if (i === wanted.length) return row;
  }
  return -1;
}

/** The record of `IndexIVFFlatDedup`. */
export const ivfFlatDedupKind = {
  names: ["IndexIVFFlatDedup"],
  class: IndexIVFFlatDedup,
  codes: ["IwFd"],
  supports: ["add", "addWithIds", "removeIds", "reconstruct", "write"],

  /** Reads IVF header, pairs of an id in a list and the id of an equal vector, lists. */
  async read(reader: IndexReader): Promise<IndexIVFFlatDedup> {
    const header = await readIvfHeader(reader, "IndexIVFFlatDedup");
    const pairs = await reader.vector(BigInt64Array);
    reader.expect(pairs.length % 2 === 0, `Expected pairs of ids, got ${pairs.length} ids.`);
    const instances: Instances = new Map();
    const slices = workSlices();
    for (let i = 0; i < pairs.length; i += 2) {
      if (slices.due()) await slices.pause();
      const others = instances.get(pairs[i]!);
      if (others === undefined) instances.set(pairs[i]!, [pairs[i + 1]!]);
      else others.push(pairs[i + 1]!);
    }
    const codec = new FloatCodec(header.dimensions);
    const lists = await readInvertedLists(reader, header.nlist, codec.codeSize);
    // Count again: the header's number of vectors is wrong after faiss removed some with other ids.
    const ntotal = lists.total;
    const state = await readIvfState(reader, { ...header, ntotal }, codec, false, async () => lists);
    return new IndexIVFFlatDedup(state, instances);
  },

  async *write(
    index: IndexIVFFlatDedup,
    writeInner: (index: VectorIndex) => AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const writer = new BinaryWriter();
    writer.tag("IwFd");
    yield* writeIvfHeader(writer, index, writeInner);
    writer.size(2 * (index.ntotal - index.lists.total));
    const slices = workSlices();
    for (const [original, others] of index.instances) {
      for (const id of others) writer.array(BigInt64Array.of(original, id));
      if (slices.due()) await slices.pause();
    }
    yield writer.flush();
    yield* writeInvertedLists(index.lists);
  },
} as const satisfies IndexKind<IndexIVFFlatDedup>;
