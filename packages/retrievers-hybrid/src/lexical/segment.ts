/** The range of a term's postings in a segment: from `start` up to `end`. */
export interface PostingRange {
  /** The term's index in the segment. */
  readonly place: number;
  readonly start: number;
  readonly end: number;
}

/** Largest count of occurrences that is stored; larger counts hardly change a score. */
export const MAX_OCCURRENCES = 0xffff;

/** Maximum number of documents in a segment, so that its scores fit into a processor's cache and no step takes long. */
export const MAX_SPAN = 1 << 17;

/**
 * The postings of some documents: for each term, the documents that contain it, ascending, and the counts of occurrences. Immutable,
 * except for values that are computed from it.
 */
export class Segment {
  /** Values that are computed for a term at its first search, and again if its stamp differs. */
  #computed:
    | {
        /** Parts of scores without the term's weight, by posting. */
        readonly impacts: Float32Array;
        /** The largest of each term's impacts. */
        readonly largest: Float32Array;
        /** Stamp (average length) for which a term's impacts were computed. */
        readonly stamps: Float64Array;
      }
    | undefined;

  /**
   * @param terms numbers of terms, ascending
   * @param offsets start of each term's postings, and finally the end of all
   * @param slots documents, by posting
   * @param occurrences 1 to {@link MAX_OCCURRENCES}, by posting
   * @param from first document
   * @param to document after the last; a document of the segment need not contain any term
   */
  constructor(
    readonly terms: Uint32Array,
    readonly offsets: Uint32Array,
    readonly slots: Uint32Array,
    readonly occurrences: Uint16Array,
    readonly from: number,
    readonly to: number,
  ) {}

  /** Number of its slots. */
  get span(): number {
    return this.to - this.from;
  }

  rangeOf(term: number): PostingRange | undefined {
    let [low, high] = [0, this.terms.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.terms[middle]! < term) low = middle + 1;
      else high = middle;
    }
    if (this.terms[low] !== term) return undefined;
    return { place: low, start: this.offsets[low]!, end: this.offsets[low + 1]! };
  }

  /** The posting of a document in a range, -1 if there is none. */
  postingOf(slot: number, { start, end }: PostingRange): number {
    const { slots } = this;
    // Slots ascend, so each posting needs at least one slot.
    let low = Math.max(start, end - (this.to - slot));
    let high = Math.min(end, start + (slot - this.from) + 1);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (slots[middle]! < slot) low = middle + 1;
      else high = middle;
    }
    return low < end && slots[low] === slot ? low : -1;
  }

  /**
   * Computes `tf / (tf + norm)` for each posting of a range, at the postings' indices.
   * @param norms of documents, by slot
   * @param stamp differs whenever the norms do
   */
  impacts({ place, start, end }: PostingRange, norms: Float64Array, stamp: number): Impacts {
    this.#computed ??= {
      impacts: new Float32Array(this.slots.length),
      largest: new Float32Array(this.terms.length),
      stamps: new Float64Array(this.terms.length).fill(Number.NaN),
    };
    const { impacts, largest, stamps } = this.#computed;
    if (stamps[place] !== stamp) {
      const { slots, occurrences } = this;
      let most = 0;
      for (let i = start; i < end; i++) {
        const tf = occurrences[i]!;
        const impact = tf / (tf + norms[slots[i]!]!);
        impacts[i] = impact;
        if (impact > most) most = impact;
      }
      largest[place] = most;
      stamps[place] = stamp;
    }
    return { values: impacts, largest: largest[place]! };
  }
}

/** The values that a term adds to the scores of documents, without its weight. */
export interface Impacts {
  /** By posting. */
  readonly values: Float32Array;
  readonly largest: number;
}
