import { checkCallOptions } from "@secondpass/core";
import { checkInteger } from "../checks/check-integer.js";
import { checkIndexOption } from "../indexes/create-index.js";
import { listsFor } from "../indexes/ivf/lists-for.js";
import type { IndexOption } from "../indexes/kinds.js";
import { rotatedDimensions } from "../indexes/rotated-ivf-rabitq.js";
import { RaBitQCodec } from "../kernels/rabitq-codec.js";

/** The number and dimensions of an index's vectors. */
export interface IndexSize {
  /** Number of vectors. */
  readonly size: number;
  readonly dimensions: number;
}

const FLOAT = 4;
const ID = 8;

/** Bytes for each number: the float, its int8 copy, and a little for the scales of rows and for projections. */
const SCANNED = FLOAT + 1.2;

/**
 * Estimates the memory of an index in bytes, after it was read from a file or searched for a while. Vectors on disk are not counted. Lists that
 * grow while vectors are added may take half as much more until the index is written and read.
 *
 * @example
 * estimateIndexBytes({ kind: "ivf-rabitq", rerank: 10 }, { size: 2_000_000, dimensions: 768 }); // about 255 MB
 * @throws InvalidArgumentError, UnknownOptionError, InvalidOptionError
 */
export function estimateIndexBytes(index: IndexOption, target: IndexSize): number {
  checkIndexOption(index);
  checkIndexSize(target, "estimateIndexBytes");
  const { size, dimensions } = target;
  if (index.kind === "flat") return Math.ceil(size * dimensions * SCANNED);
  if (index.kind === "hnsw") {
    const { m = 32 } = index;
    // Level 0 has 2m links and a header of two words; one node in m is on each further level with m links.
    const links = FLOAT * (2 * m + 3 + (m + 2) / Math.max(1, m - 1));
    return Math.ceil(size * (dimensions * SCANNED + links));
  }
  const { nlist } = listsFor(size, index);
  if (index.kind === "ivf") return Math.ceil(size * (dimensions * FLOAT + ID) + nlist * dimensions * SCANNED);
  const { bits = index.rerank === undefined ? 4 : 1, rows = "disk" } = index;
  const rotated = rotatedDimensions(dimensions);
  const { codeSize } = new RaBitQCodec(rotated, bits, "l2", 0, new Float32Array(0));
  const full = index.rerank !== undefined && rows === "memory" ? dimensions * FLOAT : 0;
  // A float for each code, which searches keep by list.
  return Math.ceil(size * (codeSize + ID + FLOAT + full) + nlist * rotated * SCANNED);
}

/** @throws InvalidArgumentError, UnknownOptionError */
export function checkIndexSize(target: IndexSize, owner: string, known: readonly string[] = []): void {
  checkCallOptions(target, owner, ["size", "dimensions", ...known]);
  checkInteger("size", target?.size, 0);
  checkInteger("dimensions", target.dimensions, 1);
}
