import type { WorkSlices } from "@secondpass/core";
import type { GrowingIds } from "../../ids/growing-ids.js";
import { allowsLabel, type IdFilter } from "../../ids/id-filter.js";
import { TopK } from "../../kernels/top-k.js";
import type { CodeScorer } from "../../kernels/vector-codec.js";

/** Codes scored between two looks at the clock. */
const CODES_PER_STEP = 64;

/** A query on its way through the lists of an IVF index. */
export interface ListScan {
  /** Vectors found so far: at most the wanted number. */
  readonly count: number;
  /** To be called with lists before they are scanned. */
  prepare(numbers: readonly number[]): Promise<void>;
  /** Compares with the codes of a list. */
  scan(list: ScannedList): void | Promise<void>;
  /** The best of all lists. To be called once, after them. */
  best(): TopK;
  /** Call it at the end, whatever happened. */
  release(): void;
}

/** A list that is not empty. */
export interface ScannedList {
  readonly number: number;
  /** Where its codes are, maybe between others'. */
  readonly codes: Uint8Array;
  /** The row of `codes` that is its first. */
  readonly first: number;
  /** The ordinal of its first code. */
  readonly start: number;
  /** Codes in it when the search began. */
  readonly length: number;
  /** Its centroid's, as the quantizer reports it, if that was asked. */
  readonly distance: number | undefined;
  /** Ids of its vectors. */
  ids(): GrowingIds;
}

/** What a scan of lists is for. */
export interface ListQuery {
  readonly query: Float32Array;
  /** Vectors wanted, at least 1. */
  readonly k: number;
  readonly filter: IdFilter | undefined;
  readonly slices: WorkSlices;
}

/** Compares a query with the codes of a list. @param length codes in it */
export type ListScorer = (list: number, length: number) => CodeScorer;

/** Scores one code after the other. */
export class PlainListScan implements ListScan {
  private readonly found: TopK;
  private scorer: ListScorer | undefined;

  /** @param scorers makes what compares the query with some lists */
  constructor(
    private readonly request: ListQuery,
    private readonly scorers: (numbers: readonly number[]) => Promise<ListScorer>,
  ) {
    this.found = new TopK(request.k);
  }

  get count(): number {
    return this.found.count;
  }

  async prepare(numbers: readonly number[]): Promise<void> {
    this.scorer = await this.scorers(numbers);
  }

  async scan({ number, codes, first: row, start, length, ids }: ScannedList): Promise<void> {
    const { found } = this;
    const { filter, slices } = this.request;
    const labels = filter === undefined ? undefined : ids();
    const score = this.scorer!(number, length);
    for (let first = 0; first < length; first += CODES_PER_STEP) {
      if (first > 0 && slices.due()) await slices.pause();
      const last = Math.min(first + CODES_PER_STEP, length);
      for (let i = first; i < last; i++) {
        if (filter !== undefined && !allowsLabel(filter, labels!.at(i))) continue;
        found.push(score(codes, row + i, found.threshold), start + i);
      }
    }
  }

  best(): TopK {
    return this.found;
  }

  release(): void {}
}
