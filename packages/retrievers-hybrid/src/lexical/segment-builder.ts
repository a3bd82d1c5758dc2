import type { WorkSlices } from "@secondpass/core";
import { GrowingNumbers } from "./growing-numbers.js";
import { MAX_OCCURRENCES, Segment } from "./segment.js";
import type { TermTable } from "./term-table.js";

/** Collects documents one after the other and builds a segment from them. */
export class SegmentBuilder {
  /** Index of each term within the segment, in order of first occurrence. */
  readonly #places = new Map<number, number>();
  /** Number of postings of each term, by its index. */
  readonly #counts = new GrowingNumbers();
  readonly #postingPlaces = new GrowingNumbers();
  readonly #postingSlots = new GrowingNumbers();
  readonly #postingOccurrences = new GrowingNumbers();
  readonly #from: number;
  #to: number;

  /** @param from slot of the first document */
  constructor(from: number) {
    this.#from = this.#to = from;
  }

  /** Number of documents added. */
  get span(): number {
    return this.#to - this.#from;
  }

  /** Adds the document of the next slot. @returns its length: the number of its terms, with repetitions */
  async add(terms: Iterable<string>, table: TermTable, slices: WorkSlices): Promise<number> {
    const counts = new Map<number, number>();
    let length = 0;
    for (const term of terms) {
      const id = table.add(term);
      counts.set(id, (counts.get(id) ?? 0) + 1);
      length++;
      if (slices.due()) await slices.pause();
    }
    for (const [term, count] of counts) this.#push(term, this.#to, count);
    this.#to++;
    return length;
  }

  /**
   * Adds the postings of another segment.
   * @param termOf maps a term's number to its number here
   * @param slotOf maps a document's slot to its slot here, in the same order; undefined for a document that is left out
   */
  async copy(
    { terms, offsets, slots, occurrences }: Segment,
    termOf: (term: number) => number,
    slotOf: (slot: number) => number | undefined,
    slices: WorkSlices,
  ): Promise<void> {
    for (let index = 0; index < terms.length; index++) {
      for (let i = offsets[index]!; i < offsets[index + 1]!; i++) {
        const slot = slotOf(slots[i]!);
        if (slot !== undefined) this.#push(termOf(terms[index]!), slot, occurrences[i]!);
      }
      if (slices.due()) await slices.pause();
    }
  }

  /** @param to slot after the last, if more were copied than added */
  async build(slices: WorkSlices, to = this.#to): Promise<Segment> {
    const terms = Uint32Array.from(this.#places.keys()).sort();
    const offsets = new Uint32Array(terms.length + 1);
    /** Position of the next posting of each term, by the term's index. */
    const next = new Uint32Array(terms.length);
    for (let i = 0; i < terms.length; i++) {
      const index = this.#places.get(terms[i]!)!;
      next[index] = offsets[i]!;
      offsets[i + 1] = offsets[i]! + this.#counts.at(index);
    }
    const total = this.#postingPlaces.length;
    const slots = new Uint32Array(total);
    const occurrences = new Uint16Array(total);
    for (let i = 0; i < total; i++) {
      const at = next[this.#postingPlaces.at(i)]!++;
      slots[at] = this.#postingSlots.at(i);
      occurrences[at] = this.#postingOccurrences.at(i);
      if (slices.due()) await slices.pause();
    }
    return new Segment(terms, offsets, slots, occurrences, this.#from, to);
  }

  #push(term: number, slot: number, occurrences: number): void {
    let index = this.#places.get(term);
    if (index === undefined) {
      index = this.#places.size;
      this.#places.set(term, index);
      this.#counts.push(0);
    }
    this.#counts.increase(index);
    this.#postingPlaces.push(index);
    this.#postingSlots.push(slot);
    this.#postingOccurrences.push(Math.min(occurrences, MAX_OCCURRENCES));
  }
}
