import type { IndexFactory, NewIndexOptions } from "../format/index-kind.js";
import { listsFor } from "./ivf/lists-for.js";
import { hadamardTransform, hadamardTransformBytes } from "./pre-transform/hadamard-transform.js";
import { IndexPreTransform } from "./pre-transform/index-pre-transform.js";
import { IndexIVFRaBitQ } from "./rabitq/index-ivf-rabitq.js";

/**
 * RaBitQ codes in lists: an eighth of the memory at 4 bits, without the vectors. Trained by the first vectors that are added. Codes are
 * of rotated vectors, whose dimensions are the next power of two.
 */
export interface IvfRaBitQIndexOption {
  readonly kind: "ivf-rabitq";
  /** Lists. @default the square root of the number of vectors first added, times four, at most a 39th of them */
  readonly nlist?: number;
  /** Lists that a search visits. @default an eighth of the lists */
  readonly nprobe?: number;
  /** Bits of an element, 1 to 9: more find better and take more memory. @default 4 */
  readonly bits?: number;
}

/** Of the rotation's signs. Any will do. */
const SEED = 1234;

/** Makes an `IndexIVFRaBitQ` behind a random rotation, without which codes of real vectors are poor. */
export const rotatedIvfRaBitQ = {
  kind: "ivf-rabitq",
  options: ["nlist", "nprobe", "bits"],
  create(
    option: IvfRaBitQIndexOption,
    { dimensions, metric, expectedVectors = 0 }: NewIndexOptions,
  ): IndexPreTransform {
    const { bits = 4 } = option;
    const padded = 2 ** Math.ceil(Math.log2(dimensions));
    const index = new IndexIVFRaBitQ(padded, {
      ...listsFor(expectedVectors, option),
      bits,
      queryBits: 8,
      metric,
    });
    return new IndexPreTransform(
      [hadamardTransform(dimensions, padded, SEED)],
      index,
      hadamardTransformBytes(dimensions, padded, SEED),
    );
  },
} as const satisfies IndexFactory<IvfRaBitQIndexOption>;
