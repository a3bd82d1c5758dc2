import { checkOneOf, checkText } from "@secondpass/core";
import { checkInteger } from "../checks/check-integer.js";
import { isCommonMetric } from "../contract/metric.js";
import { DiskRows } from "../disk/disk-rows.js";
import { InvalidArgumentError } from "../errors/invalid-argument-error.js";
import type { IndexFactory, NewIndexOptions } from "../format/index-kind.js";
import { createRowStore } from "../kernels/create-row-store.js";
import { IndexFlat } from "./flat/index-flat.js";
import { IndexRefineFlat, MAX_FACTOR } from "./index-refine-flat.js";
import { listsFor } from "./ivf/lists-for.js";
import { hadamardTransform, hadamardTransformBytes } from "./pre-transform/hadamard-transform.js";
import { IndexPreTransform } from "./pre-transform/index-pre-transform.js";
import { canMix, mixingRotation, mixingRotationBytes } from "./pre-transform/mixing-rotation.js";
import { IndexIVFRaBitQ } from "./rabitq/index-ivf-rabitq.js";

/**
 * RaBitQ codes in lists: a small part of the memory of vectors. The first added vectors train the index. Vectors are rotated before they are
 * encoded. The rotation pads dimensions to the next power of two, unless they are a multiple of 4 between 64 and 4096. With `rerank`, the vectors are
 * also kept, on disk: distances are then exact, and one bit for each element is enough.
 */
export interface IvfRaBitQIndexOption {
  readonly kind: "ivf-rabitq";
  /** Number of lists. @default four times the square root of the number of vectors first added, at most a 39th of them */
  readonly nlist?: number;
  /** Lists that a search visits. @default an eighth of the lists */
  readonly nprobe?: number;
  /** Bits of an element, 1 to 9: more bits find more and need more memory. @default 4; 1 with `rerank` */
  readonly bits?: number;
  /** Candidates for each of the k results whose exact distances are computed, 1 to 1000. @default none: distances are estimates */
  readonly rerank?: number;
  /**
   * Location of the vectors that `rerank` needs. `"disk"` (Node only): added vectors are in a temporary file, which is removed when the index is disposed;
   * those of an index that is read with `rowsOnDisk` stay in its file.
   * @default "disk"
   */
  readonly rows?: "disk" | "memory";
  /** Folder of the temporary file. It needs as much space as the vectors, and should not be a file system in memory. @default that of the system */
  readonly rowsFolder?: string;
}

/** Dimensions of rotated vectors. */
export function rotatedDimensions(dimensions: number): number {
  return canMix(dimensions) ? dimensions : 2 ** Math.ceil(Math.log2(dimensions));
}

/** Seed of the Hadamard rotation's signs; any number works. */
const SEED = 1234;

/** Makes an `IndexIVFRaBitQ` after a random rotation, without which codes of real vectors are inaccurate. */
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
    if (!isCommonMetric(target.metric))
      throw new InvalidArgumentError(
        "metric",
        '"l2" or "inner_product", which RaBitQ codes estimate',
        target.metric,
      );
    if (rerank === undefined) {
      for (const [name, value] of Object.entries({ rows, rowsFolder })) {
        if (value === undefined) continue;
        throw new InvalidArgumentError(`index.${name}`, "left out, or to come with `rerank`", value);
      }
      return codesOf(option, target);
    }
    const { dimensions, metric } = target;
    const base = codesOf({ ...option, bits: option.bits ?? 1 }, target);
    // These rows are never scanned, so an int8 copy and projections would only take memory.
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
  const rotated = rotatedDimensions(dimensions);
  const index = new IndexIVFRaBitQ(rotated, {
    ...listsFor(expectedVectors, option),
    bits,
    // Queries in float32, with which lists share tables.
    queryBits: 0,
    metric,
  });
  if (canMix(dimensions))
    return new IndexPreTransform([mixingRotation(dimensions)], index, () => mixingRotationBytes(dimensions));
  return new IndexPreTransform(
    [hadamardTransform(dimensions, rotated, SEED)],
    index,
    hadamardTransformBytes(dimensions, rotated, SEED),
  );
}
