import type { WorkSlices } from "@secondpass/core";
import { InvertedList } from "./inverted-list.js";

/** The lists that are not empty, ascending, and the number of vectors before each. */
export interface ListDirectory {
  readonly numbers: Uint32Array;
  /** One more than the number of lists; the last is the number of all vectors. A vector's ordinal determines its list and place. */
  readonly starts: Float64Array;
}

/** Consecutive lists of a file. */
export interface ListBlock {
  /** Vectors before the block. */
  readonly start: number;
  readonly codes: Uint8Array;
  readonly ids: BigInt64Array;
}

/** The lists of a file. */
export interface StoredLists {
  readonly directory: ListDirectory;
  /** In order; each list is completely in one block. */
  readonly blocks: readonly ListBlock[];
}

const NOTHING: StoredLists = {
  directory: { numbers: new Uint32Array(0), starts: new Float64Array(1) },
  blocks: [],
};

/**
 * The lists of an IVF index. Empty lists take no memory, and unchanged lists of a file are
 * not separate objects: a file may have millions.
 */
export class InvertedLists {
  readonly #stored: StoredLists;
  /** Lists that were changed or added after reading. */
  readonly #changed = new Map<number, InvertedList>();
  #total: number;
  /** Undefined after a change. */
  #directory: ListDirectory | undefined;

  /**
   * @param count number of lists
   * @param codeSize bytes of a vector's code
   */
  constructor(
    readonly count: number,
    readonly codeSize: number,
    stored: StoredLists = NOTHING,
  ) {
    this.#stored = stored;
    this.#directory = stored.directory;
    this.#total = stored.directory.starts.at(-1)!;
  }

  /** Number of vectors in all lists. */
  get total(): number {
    return this.#total;
  }

  /** A list to read from, valid until the next change; undefined if it is empty. */
  get(number: number): InvertedList | undefined {
    return this.#changed.get(number) ?? this.#storedList(number);
  }

  /** The codes of a list, without an object for the list; `first` is the row of its first code. Undefined if it is empty. */
  codesOf(number: number): { codes: Uint8Array; first: number; length: number } | undefined {
    const changed = this.#changed.get(number);
    if (changed !== undefined) return { codes: changed.codes, first: 0, length: changed.length };
    const place = this.#storedPlace(number);
    return place && { codes: place.block.codes, first: place.first, length: place.length };
  }

  /** The id of a vector. @param directory the current directory */
  idAt(directory: ListDirectory, ordinal: number): bigint {
    if (directory === this.#stored.directory) {
      const block = blockOf(this.#stored.blocks, ordinal);
      return block.ids[ordinal - block.start]!;
    }
    const { number, offset } = placeOf(directory, ordinal);
    return this.get(number)!.ids.at(offset);
  }

  append(number: number, code: Uint8Array, id: bigint): void {
    this.#edit(number).append(code, id);
    this.#total++;
    this.#directory = undefined;
  }

  /** Removes entry `i` of a list as faiss does: the last entry replaces it. */
  remove(number: number, i: number): void {
    this.#edit(number).remove(i);
    this.#total--;
    this.#directory = undefined;
  }

  /** Gives vectors other ids. @param nameOf the new id of an old one */
  async renameIds(nameOf: (id: bigint) => bigint, slices: WorkSlices): Promise<void> {
    for (const number of (await this.directory(slices)).numbers) {
      for (let i = 0; i < this.get(number)!.length; i++) {
        const id = this.get(number)!.ids.at(i);
        const name = nameOf(id);
        if (name !== id) this.#edit(number).ids.set(i, name);
        if (slices.due()) await slices.pause();
      }
    }
    // The directory refers to the lists that were read, including their ids.
    this.#directory = undefined;
  }

  /** The lists that are not empty. Made in slices if they have changed. */
  async directory(slices: WorkSlices): Promise<ListDirectory> {
    if (this.#directory !== undefined) return this.#directory;
    const making = this.#makeDirectory();
    for (;;) {
      const { done, value } = making.next();
      if (done) return value;
      if (slices.due()) await slices.pause();
    }
  }

  /** As `directory`, without pauses. */
  directoryNow(): ListDirectory {
    if (this.#directory !== undefined) return this.#directory;
    const making = this.#makeDirectory();
    for (;;) {
      const { done, value } = making.next();
      if (done) return value;
    }
  }

  /** An independent copy. */
  async clone(slices: WorkSlices): Promise<InvertedLists> {
    const blocks: ListBlock[] = [];
    for (const { start, codes, ids } of this.#stored.blocks) {
      blocks.push({ start, codes: codes.slice(), ids: ids.slice() });
      if (slices.due()) await slices.pause();
    }
    const copy = new InvertedLists(this.count, this.codeSize, { ...this.#stored, blocks });
    for (const [number, list] of this.#changed) {
      copy.#changed.set(number, list.clone());
      if (slices.due()) await slices.pause();
    }
    copy.#total = this.#total;
    copy.#directory = this.#directory;
    return copy;
  }

  /** A separate list object, for changes. */
  #edit(number: number): InvertedList {
    let list = this.#changed.get(number);
    if (list === undefined) {
      list = this.#storedList(number) ?? new InvertedList(this.codeSize);
      this.#changed.set(number, list);
    }
    return list;
  }

  #storedList(number: number): InvertedList | undefined {
    const place = this.#storedPlace(number);
    if (place === undefined) return undefined;
    const { block, first, length } = place;
    const last = first + length;
    const codes = block.codes.subarray(first * this.codeSize, last * this.codeSize);
    return new InvertedList(this.codeSize, codes, block.ids.subarray(first, last));
  }

  /** The position of a list in the blocks that were read. */
  #storedPlace(number: number): { block: ListBlock; first: number; length: number } | undefined {
    const { directory, blocks } = this.#stored;
    const at = lastAtMost(directory.numbers, number);
    if (directory.numbers[at] !== number) return undefined;
    const start = directory.starts[at]!;
    const block = blockOf(blocks, start);
    return { block, first: start - block.start, length: directory.starts[at + 1]! - start };
  }

  /** A generator, so that it can run in slices or without pauses. */
  *#makeDirectory(): Generator<undefined, ListDirectory> {
    const { numbers: storedNumbers, starts: storedStarts } = this.#stored.directory;
    const changed = Uint32Array.from(this.#changed.keys()).sort();
    const numbers = new Uint32Array(storedNumbers.length + changed.length);
    const starts = new Float64Array(numbers.length + 1);
    let length = 0;
    const put = (number: number, size: number) => {
      if (size === 0) return;
      numbers[length] = number;
      starts[length + 1] = starts[length]! + size;
      length++;
    };
    let next = 0;
    for (let i = 0; i <= storedNumbers.length; i++) {
      const number = storedNumbers[i] ?? Number.POSITIVE_INFINITY;
      for (; next < changed.length && changed[next]! < number; next++) {
        put(changed[next]!, this.#changed.get(changed[next]!)!.length);
        yield;
      }
      if (number !== changed[next] && i < storedNumbers.length)
        put(number, storedStarts[i + 1]! - storedStarts[i]!);
      if (i % 64 === 0) yield;
    }
    this.#directory = { numbers: numbers.subarray(0, length), starts: starts.subarray(0, length + 1) };
    return this.#directory;
  }
}

/** The last index whose number is at most `wanted`, or 0. @param sorted ascending */
export function lastAtMost(sorted: Uint32Array | Float64Array, wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= wanted) low = middle;
    else high = middle;
  }
  return low;
}

/** The list of an ordinal, and the place in it. */
export function placeOf(
  { numbers, starts }: ListDirectory,
  ordinal: number,
): { number: number; offset: number } {
  const at = lastAtMost(starts, ordinal);
  return { number: numbers[at]!, offset: ordinal - starts[at]! };
}

/** The block of an ordinal. */
function blockOf(blocks: readonly ListBlock[], ordinal: number): ListBlock {
  let low = 0;
  let high = blocks.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (blocks[middle]!.start <= ordinal) low = middle;
    else high = middle;
  }
  return blocks[low]!;
}
