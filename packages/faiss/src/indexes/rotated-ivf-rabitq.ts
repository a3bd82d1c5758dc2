import { checkOneOf, checkText } from "@secondpass/core";
import { checkInteger } from "../checks/check-integer.js";
import { DiskRows } from "../disk/disk-rows.js";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import type { IndexFactory, NewIndexOptions } from "../format/index-kind.js";
import { createRowStore } from "../kernels/create-row-store.js";
import { IndexFlat } from "./flat/index-flat.js";
import { IndexRefineFlat, MAX_FACTOR } from "./index-refine-flat.js";
import { listsFor } from "./ivf/lists-for.js";
import { hadamardTransform, hadamardTransformBytes } from "./pre-transform/hadamard-transform.js";
import { IndexPreTransform } from "./pre-transform/index-pre-transform.js";
import { IndexIVFRaBitQ } from "./rabitq/index-ivf-rabitq.js";

/**
 * RaBitQ codes in lists: a small part of the memory of vectors. Trained by the first vectors that are added. Codes are of rotated
 * vectors, whose dimensions are the next power of two. With `rerank`, the vectors are kept as well, on disk: distances are exact, and one bit
 * an element is enough.
 */
export interface IvfRaBitQIndexOption {
  readonly kind: "ivf-rabitq";
  /** Lists. @default the square root of the number of vectors first added, times four, at most a 39th of them */
  readonly nlist?: number;
  /** Lists that a search visits. @default an eighth of the lists */
  readonly nprobe?: number;
  /** Bits of an element, 1 to 9: more find better and take more memory. @default 4; 1 with `rerank` */
  readonly bits?: number;
  /** Candidates for each of the k results whose exact distances are computed, 1 to 1000. @default none: distances are estimates */
  readonly rerank?: number;
  /**
   * Where the vectors are that `rerank` needs. `"disk"` (Node only): added ones in a temporary file, which is gone when the index is disposed
   * of; those of an index that is read with `rowsOnDisk` in its file.
   * @default "disk"
   */
  readonly rows?: "disk" | "memory";
  /** Folder of the temporary file. It needs as much room as the vectors, and should not be in memory. @default that of the system */
  readonly rowsFolder?: string;
}

/** Dimensions of rotated vectors. */
export function paddedDimensions(dimensions: number): number {
  return 2 ** Math.ceil(Math.log2(dimensions));
}

/** Of the rotation's signs. Any will do. */
const SEED = 1234;

/** Makes an `IndexIVFRaBitQ` behind a random rotation, without which codes of real vectors are poor. */
export const rotatedIvfRaBitQ = {
  kind: "ivf-rabitq",
  options: ["nlist", "nprobe", "bits", "rerank", "rows", "rowsFolder"],
  checks: {
    rerank: (name, value) => checkInteger(name, value as number, 1, MAX_FACTOR),
    rows: (name, value) => checkOneOf(name, value, ["disk", "memory"]),
    rowsFolder: (name, value) => checkText(value, name),
  },
  create(option: IvfRaBitQIndexOption, target: NewIndexOptions): IndexPreTransform | IndexRefineFlat {
    const { rerank, rows, rowsFolder } = option;
    if (rerank === undefined) {
      for (const [name, value] of Object.entries({ rows, rowsFolder })) {
        if (value === undefined) continue;
        throw new InvalidArgumentError(`index.${name}`, "left out, or to come with `rerank`", value);
      }
      return codesOf(option, target);
    }
    const { dimensions, metric } = target;
    const base = codesOf({ ...option, bits: option.bits ?? 1 }, target);
    // Nobody scans them: what makes scans fast would only take memory.
    const store =
      rows === "memory"
        ? createRowStore(dimensions, { int8: false })
        : new DiskRows(dimensions, undefined, rowsFolder);
    return new IndexRefineFlat(base, new IndexFlat(dimensions, metric, store), rerank);
  },
} as const satisfies IndexFactory<IvfRaBitQIndexOption>;

function codesOf(
  option: IvfRaBitQIndexOption,
  { dimensions, metric, expectedVectors = 0 }: NewIndexOptions,
): IndexPreTransform {
  const { bits = 4 } = option;
  const padded = paddedDimensions(dimensions);
  const index = new IndexIVFRaBitQ(padded, {
    ...listsFor(expectedVectors, option),
    bits,
    // In float32, with which lists share tables.
    queryBits: 0,
    metric,
  });
  return new IndexPreTransform(
    [hadamardTransform(dimensions, padded, SEED)],
    index,
    hadamardTransformBytes(dimensions, padded, SEED),
  );
}
