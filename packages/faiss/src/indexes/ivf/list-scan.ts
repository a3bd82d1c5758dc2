import type { WorkSlices } from "@secondpass/core";
import type { GrowingIds } from "../../ids/growing-ids.js";
import { allowsLabel, type IdFilter } from "../../ids/id-filter.js";
import { TopK } from "../../kernels/top-k.js";
import type { CodeScorer } from "../../kernels/vector-codec.js";

/** Codes scored between two checks of the clock. */
const CODES_PER_STEP = 64;

/** The scan of an IVF index's lists for one query. */
export interface ListScan {
  /** Number of vectors found so far, at most `k`. */
  readonly count: number;
  /** Prepares lists. Call it before they are scanned. */
  prepare(numbers: readonly number[]): Promise<void>;
  /** Compares the query with the codes of a list. */
  scan(list: ScannedList): void | Promise<void>;
  /** The best of all lists. Call it once, after the last list. */
  best(): TopK;
  /** Frees memory. Call it at the end, also after an error. */
  release(): void;
}

/** A list that is not empty. */
export interface ScannedList {
  readonly number: number;
  /** An array with its codes, which may also have codes of other lists. */
  readonly codes: Uint8Array;
  /** Row of its first code in `codes`. */
  readonly first: number;
  /** The ordinal of its first code. */
  readonly start: number;
  /** Number of codes in it when the search began. */
  readonly length: number;
  /** Distance of its centroid as the quantizer reports it; undefined if the quantizer did not search. */
  readonly distance: number | undefined;
  /** Ids of its vectors. */
  ids(): GrowingIds;
}

/** The query of a scan of lists. */
export interface ListQuery {
  readonly query: Float32Array;
  /** Number of neighbours to find, at least 1. */
  readonly k: number;
  readonly filter: IdFilter | undefined;
  readonly slices: WorkSlices;
}

/** Makes the scorer of a list's codes. @param length number of codes in it */
export type ListScorer = (list: number, length: number) => CodeScorer;

/** A scan of lists that scores one code after the other. */
export class PlainListScan implements ListScan {
  private readonly found: TopK;
  private scorer: ListScorer | undefined;

  /** @param scorers makes the scorers of some lists */
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
