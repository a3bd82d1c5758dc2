import { type WorkSlices, workSlices } from "@secondpass/core";
import type { Analyzer } from "../analysis/analyzer.js";
import { BestDocuments, type Found } from "./best-documents.js";
import { mergeSegments } from "./merge-segments.js";
import { type Norms, searchSegment, type WeightedTerm } from "./search-segment.js";
import { MAX_SPAN, type PostingRange, type Segment } from "./segment.js";
import { SegmentBuilder } from "./segment-builder.js";
import { TermTable } from "./term-table.js";

/** Parameters of BM25. */
export interface Bm25Parameters {
  /** How fast further occurrences of a term count less; at 0 only presence counts. */
  readonly k1: number;
  /** How much the length of a document lowers its score, from 0 to 1. */
  readonly b: number;
}

/** Analyzed documents that can be added to an index: see {@link LexicalIndex.prepare}. */
export interface PreparedTexts {
  readonly segments: readonly Segment[];
  /** Lengths in terms. */
  readonly lengths: readonly number[];
}

/** The saved parts of an index. It has no removed documents, so its slots have no gaps. */
export interface LexicalParts {
  readonly terms: TermTable;
  /** Lengths in terms, by slot. */
  readonly lengths: readonly number[];
  /** Segments in the order of their slots; each begins where the one before ends. */
  readonly segments: readonly Segment[];
}

/**
 * An inverted index with Lucene's BM25. A document's score is the sum over the question's terms of `idf · tf / (tf + k1 · (1 − b + b · length /
 * average length))` with `idf = ln(1 + (N − n + 0.5) / (n + 0.5))`, for N documents, of which n contain the term. Documents are numbers
 * (slots), from 0 in the order in which they are added; the number of a removed document is not used again.
 *
 * The owner must ensure that changes do not overlap. Searches may run during changes: they see the index as it was at their start, except
 * for documents that are removed meanwhile.
 *
 * Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); Kamphuis and others, "Which BM25 Do You Mean?" (2020).
 */
export class LexicalIndex {
  readonly #terms: TermTable;
  /** Segments in the order of their slots. The array is replaced, never changed. */
  #segments: readonly Segment[] = [];
  /** Lengths in terms, by slot. */
  readonly #lengths: number[];
  readonly #removed = new Set<number>();
  #totalLength = 0;
  #norms: Norms | undefined;
  /** Number of documents that contain a term, by the term's number; a cache that every change clears. */
  #counts = new Map<number, number>();

  /** @param parts parts of a saved index, which this index takes over @default an empty index */
  constructor(
    readonly analyzer: Analyzer,
    readonly parameters: Bm25Parameters,
    { terms = new TermTable(), lengths = [], segments = [] }: Partial<LexicalParts> = {},
  ) {
    this.#terms = terms;
    this.#segments = segments;
    this.#lengths = [...lengths];
    for (const length of lengths) this.#totalLength += length;
  }

  /** Number of slots given so far. */
  get slots(): number {
    return this.#lengths.length;
  }

  /** Number of documents. */
  get size(): number {
    return this.#lengths.length - this.#removed.size;
  }

  /** The whole index, for saving. It must not have removed documents: see {@link LexicalIndex.compacted}. */
  get parts(): LexicalParts {
    return { terms: this.#terms, lengths: this.#lengths, segments: this.#segments };
  }

  /** Analyzes texts for the next slots. Does not change search results. */
  async prepare(texts: Iterable<string>, slices: WorkSlices): Promise<PreparedTexts> {
    const segments: Segment[] = [];
    const lengths: number[] = [];
    let builder = new SegmentBuilder(this.slots);
    for (const text of texts) {
      lengths.push(await builder.add(this.analyzer(text), this.#terms, slices));
      if (builder.span < MAX_SPAN) continue;
      segments.push(await builder.build(slices));
      builder = new SegmentBuilder(this.slots + lengths.length);
    }
    if (builder.span > 0) segments.push(await builder.build(slices));
    return { segments, lengths };
  }

  /** Adds prepared documents to the index, which must not have changed since they were prepared. @returns the slot of the first one */
  add({ segments, lengths }: PreparedTexts): number {
    const first = this.slots;
    this.#segments = [...this.#segments, ...segments];
    for (const length of lengths) {
      this.#lengths.push(length);
      this.#totalLength += length;
    }
    this.#forget();
    return first;
  }

  /** Removes existing documents. */
  remove(slots: Iterable<number>): void {
    for (const slot of slots) {
      this.#removed.add(slot);
      this.#totalLength -= this.#lengths[slot]!;
    }
    this.#forget();
  }

  /** Merges small segments into larger ones, so that there are only a few. */
  async tidy(slices: WorkSlices): Promise<void> {
    for (;;) {
      const [older, newer] = this.#segments.slice(-2);
      if (older === undefined || newer === undefined) return;
      if (older.span >= newer.span * 2 || older.span + newer.span > MAX_SPAN) return;
      const merged = await mergeSegments(older, newer, (slot) => this.#removed.has(slot), slices);
      this.#segments = [...this.#segments.slice(0, -2), merged];
    }
  }

  /**
   * Finds the documents that contain a term of a question, best first; for equal scores, the one added first.
   * @param k maximum number of documents
   * @param accepts filter; called for documents that would be among the best
   */
  async search(
    question: string,
    k: number,
    accepts: (slot: number) => boolean = () => true,
    signal?: AbortSignal,
  ): Promise<Found[]> {
    const slices = workSlices(signal);
    const segments = this.#segments;
    const norms = this.#currentNorms();
    const best = new BestDocuments(k);
    const weights = await this.#weights(question, segments, slices);
    const isMatch = (slot: number) => !this.#removed.has(slot) && accepts(slot);
    for (const segment of segments) {
      searchSegment(segment, weights, norms, best, isMatch);
      if (slices.due()) await slices.pause();
    }
    return best.sorted();
  }

  /** Makes a copy without removed documents, so that its slots have no gaps. @returns the copy, and the old slot of each of its documents */
  async compacted(slices: WorkSlices): Promise<{ index: LexicalIndex; slots: number[] }> {
    const index = new LexicalIndex(this.analyzer, this.parameters);
    const slots: number[] = [];
    const newSlots = new Map<number, number>();
    for (let slot = 0; slot < this.slots; slot++) {
      if (!this.#removed.has(slot)) newSlots.set(slot, slots.push(slot) - 1);
    }
    const terms = [...this.#terms];
    const segments: Segment[] = [];
    for (const segment of this.#segments) {
      let to = index.slots;
      for (let slot = segment.from; slot < segment.to; slot++) if (newSlots.has(slot)) to++;
      const builder = new SegmentBuilder(index.slots);
      const termOf = (term: number) => index.#terms.add(terms[term]!);
      await builder.copy(segment, termOf, (slot) => newSlots.get(slot), slices);
      for (let i = index.slots; i < to; i++) {
        const length = this.#lengths[slots[i]!]!;
        index.#lengths.push(length);
        index.#totalLength += length;
      }
      segments.push(await builder.build(slices, to));
    }
    index.#segments = segments.filter(({ span }) => span > 0);
    return { index, slots };
  }

  #currentNorms(): Norms {
    if (this.#norms === undefined) {
      const { k1, b } = this.parameters;
      const average = this.#totalLength / Math.max(1, this.size) || 1;
      const byLength = k1 * (b / average);
      const norms = new Float64Array(this.slots);
      for (let slot = 0; slot < norms.length; slot++) {
        norms[slot] = k1 * (1 - b) + byLength * this.#lengths[slot]!;
      }
      this.#norms = { norms, average };
    }
    return this.#norms;
  }

  /** Terms of a question that occur in the index, each with its weight: its idf times its count in the question. */
  async #weights(
    question: string,
    segments: readonly Segment[],
    slices: WorkSlices,
  ): Promise<WeightedTerm[]> {
    const weights = new Map<number, number>();
    for (const term of this.analyzer(question)) {
      const id = this.#terms.idOf(term);
      if (id !== undefined) weights.set(id, (weights.get(id) ?? 0) + 1);
      if (slices.due()) await slices.pause();
    }
    for (const [term, times] of weights) {
      const count = await this.#documentsWith(term, segments, slices);
      if (count === 0) weights.delete(term);
      else weights.set(term, times * Math.log(1 + (this.size - count + 0.5) / (count + 0.5)));
    }
    // The rarest first: their documents are mostly the best.
    return [...weights].sort(([, a], [, b]) => b - a).map(([term, weight]) => ({ term, weight }));
  }

  async #documentsWith(term: number, segments: readonly Segment[], slices: WorkSlices): Promise<number> {
    const counts = this.#counts;
    let count = counts.get(term);
    if (count !== undefined) return count;
    count = 0;
    for (const segment of segments) {
      const range = segment.rangeOf(term);
      if (range !== undefined) count += this.#remaining(segment, range);
      if (slices.due()) await slices.pause();
    }
    counts.set(term, count);
    return count;
  }

  #remaining({ slots }: Segment, { start, end }: PostingRange): number {
    if (this.#removed.size === 0) return end - start;
    let count = 0;
    for (let i = start; i < end; i++) if (!this.#removed.has(slots[i]!)) count++;
    return count;
  }

  /** Drops values that were computed for the old set of documents. */
  #forget(): void {
    this.#norms = undefined;
    this.#counts = new Map();
  }
}
