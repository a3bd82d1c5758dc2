import type { WorkSlices } from "@secondpass/core";
import { GrowingNumbers } from "./growing-numbers.js";
import { MAX_OCCURRENCES, Segment } from "./segment.js";
import type { TermTable } from "./term-table.js";

/** Collects documents one after the other, and makes a segment of them. */
export class SegmentBuilder {
  readonly #terms = new GrowingNumbers();
  readonly #slots = new GrowingNumbers();
  readonly #occurrences = new GrowingNumbers();
  readonly #from: number;
  #to: number;

  /** @param from slot of the first document */
  constructor(from: number) {
    this.#from = this.#to = from;
  }

  /** Documents added, and slots skipped. */
  get span(): number {
    return this.#to - this.#from;
  }

  /** Adds the document of the next slot. @returns its length: how many terms it has, each as often as it occurs */
  async add(terms: Iterable<string>, table: TermTable, slices: WorkSlices): Promise<number> {
    const counts = new Map<number, number>();
    let length = 0;
    for (const term of terms) {
      const id = table.add(term);
      counts.set(id, (counts.get(id) ?? 0) + 1);
      length++;
      if (slices.due()) await slices.pause();
    }
    for (const [term, count] of counts) this.push(term, this.#to, count);
    this.#to++;
    return length;
  }

  /** Adds a posting as it is in another segment. */
  push(term: number, slot: number, occurrences: number): void {
    this.#terms.push(term);
    this.#slots.push(slot);
    this.#occurrences.push(Math.min(occurrences, MAX_OCCURRENCES));
  }

  /** @param to slot after the last, if more were pushed than added */
  async build(slices: WorkSlices, to = this.#to): Promise<Segment> {
    const total = this.#terms.length;
    const counts = new Map<number, number>();
    for (let i = 0; i < total; i++) {
      const term = this.#terms.at(i);
      counts.set(term, (counts.get(term) ?? 0) + 1);
      if (slices.due()) await slices.pause();
    }
    const terms = Uint32Array.from(counts.keys()).sort();
    const offsets = new Uint32Array(terms.length + 1);
    /** Where the next posting of a term goes. */
    const next = new Map<number, number>();
    for (const [place, term] of terms.entries()) {
      next.set(term, offsets[place]!);
      offsets[place + 1] = offsets[place]! + counts.get(term)!;
    }
    const slots = new Uint32Array(total);
    const occurrences = new Uint16Array(total);
    for (let i = 0; i < total; i++) {
      const term = this.#terms.at(i);
      const at = next.get(term)!;
      next.set(term, at + 1);
      slots[at] = this.#slots.at(i);
      occurrences[at] = this.#occurrences.at(i);
      if (slices.due()) await slices.pause();
    }
    return new Segment(terms, offsets, slots, occurrences, this.#from, to);
  }
}
