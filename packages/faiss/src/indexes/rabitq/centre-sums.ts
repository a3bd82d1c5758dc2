import type { WorkSlices } from "@secondpass/core";
import type { RaBitQCodec } from "../../kernels/rabitq-codec.js";
import { RaBitQScan } from "../../kernels/rabitq-scan.js";
import type { ScannedList } from "../ivf/list-scan.js";

/**
 * The dot products of codes with their list's centroid, computed when a list is first searched. With them, the tables of a query are valid for all
 * lists: the query's dot product with a code, minus this one, is that of the query minus the centroid. Four bytes for each vector. Made again after
 * every change of the lists.
 */
export class CentreSums {
  /** By ordinal: for each code of a known list, the sum of the centroid's elements whose signs are set. */
  readonly sums: Float32Array;
  /** By list; NaN until the list is known. */
  private readonly totals: Float64Array;

  /**
   * @param total number of vectors in all lists
   * @param nlist number of lists
   */
  constructor(
    private readonly codec: RaBitQCodec,
    total: number,
    nlist: number,
  ) {
    this.sums = new Float32Array(total);
    this.totals = new Float64Array(nlist).fill(Number.NaN);
  }

  has(number: number): boolean {
    return !Number.isNaN(this.totals[number]!);
  }

  /** The sum of all elements of a list's centroid. */
  totalOf(number: number): number {
    return this.totals[number]!;
  }

  /** Computes the sums of a list, unless they are known. */
  async add(
    { number, codes, first: row, start, length }: ScannedList,
    centroid: Float32Array,
    slices: WorkSlices,
  ): Promise<void> {
    if (this.has(number)) return;
    const kernel = new RaBitQScan(this.codec, centroid, 0, true);
    try {
      for (let first = 0; first < length; first += kernel.codesPerCall) {
        if (first > 0 && slices.due()) await slices.pause();
        const last = Math.min(first + kernel.codesPerCall, length);
        kernel.sums(codes, row + first, row + last, this.sums.subarray(start + first));
      }
    } finally {
      kernel.release();
    }
    this.totals[number] = centroid.reduce((total, value) => total + value, 0);
  }
}
