import { allowsLabel } from "../../ids/id-filter.js";
import { setBit } from "../../ids/set-bit.js";
import type { RaBitQCodec } from "../../kernels/rabitq-codec.js";
import { RaBitQScan } from "../../kernels/rabitq-scan.js";
import { TopK } from "../../kernels/top-k.js";
import type { ListQuery, ListScan, ScannedList } from "../ivf/list-scan.js";
import type { CentreSums } from "./centre-sums.js";

/** Labels filtered between two checks of the clock. */
const LABELS_PER_CHECK = 64;

/** The facts about lists that a scan needs, besides their codes. */
export interface RaBitQLists {
  centroid(number: number): Float32Array;
  /** For queries in float32; undefined if each list needs its own tables. */
  readonly centreSums: CentreSums | undefined;
  /** Whether the distances of centroids are exact l2 distances. */
  readonly hasDistances: boolean;
}

/** Compares a query with RaBitQ codes in lists by SIMD. */
export class RaBitQListScan implements ListScan {
  private readonly kernel: RaBitQScan;
  /** Whether scores need only a centroid's distance and sum. */
  private readonly needsNoCentroid: boolean;

  constructor(
    private readonly request: ListQuery,
    codec: RaBitQCodec,
    private readonly lists: RaBitQLists,
  ) {
    const isShared = lists.centreSums !== undefined;
    this.kernel = new RaBitQScan(codec, request.query, request.k, isShared);
    this.needsNoCentroid = isShared && lists.hasDistances && codec.bits === 1 && codec.metric === "l2";
  }

  get count(): number {
    return this.kernel.count;
  }

  async prepare(): Promise<void> {}

  scan(list: ScannedList): void | Promise<void> {
    const { centreSums } = this.lists;
    const isReady = centreSums === undefined || centreSums.has(list.number);
    if (!isReady || this.request.filter !== undefined || list.length > this.kernel.codesPerCall)
      return this.scanInSteps(list);
    this.setCentre(list);
    this.scanCodes(list, 0, list.length);
  }

  best(): TopK {
    const best = new TopK(this.request.k);
    this.kernel.addTo(best);
    return best;
  }

  release(): void {
    this.kernel.release();
  }

  private async scanInSteps(list: ScannedList): Promise<void> {
    const { kernel, lists } = this;
    const { slices } = this.request;
    await lists.centreSums?.add(list, lists.centroid(list.number), slices);
    this.setCentre(list);
    for (let first = 0; first < list.length; first += kernel.codesPerCall) {
      if (first > 0 && slices.due()) await slices.pause();
      const last = Math.min(first + kernel.codesPerCall, list.length);
      const allowed = await this.allowed(list, first, last);
      if (allowed !== NOBODY) this.scanCodes(list, first, last, allowed);
    }
  }

  private setCentre({ number, distance }: ScannedList): void {
    const { kernel, lists } = this;
    if (this.needsNoCentroid && distance !== undefined)
      kernel.setDistance(distance, lists.centreSums!.totalOf(number));
    else kernel.setCentre(lists.centroid(number));
  }

  /** Scans the list's codes first…last-1. */
  private scanCodes(list: ScannedList, first: number, last: number, allowed?: Uint8Array): void {
    const { codes, first: row, start } = list;
    this.kernel.scan(codes, row + first, row + last, start + first, allowed, this.lists.centreSums?.sums);
  }

  /** The codes first…last-1 that the filter allows, as a bitmap; undefined for all. */
  private async allowed(list: ScannedList, first: number, last: number): Promise<Uint8Array | undefined> {
    const { filter, slices } = this.request;
    if (filter === undefined) return undefined;
    const ids = list.ids();
    const allowed = new Uint8Array(Math.ceil((last - first) / 8));
    let count = 0;
    for (let i = 0; i < last - first; i++) {
      if (i % LABELS_PER_CHECK === LABELS_PER_CHECK - 1 && slices.due()) await slices.pause();
      if (!allowsLabel(filter, ids.at(first + i))) continue;
      setBit(allowed, i);
      count++;
    }
    return count === 0 ? NOBODY : allowed;
  }
}

const NOBODY = new Uint8Array(0);
