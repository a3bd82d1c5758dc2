import { checkInteger } from "../../checks/check-integer.js";
import type { Metric } from "../../contract/metric.js";
import type { VectorCodec } from "../../kernels/vector-codec.js";
import { IndexFlat } from "../flat/index-flat.js";
import type { IvfState } from "./index-ivf.js";
import { InvertedLists } from "./inverted-lists.js";

export interface IvfOptions {
  /** Number of lists; a good value is a few times the square root of the number of vectors. Minimum 1. @default 100 */
  readonly nlist?: number;
  /** Lists that a search visits: trades search time for recall. Minimum 1. @default 1 */
  readonly nprobe?: number;
  readonly metric?: Metric;
}

/** Names of {@link IvfOptions}. */
export const IVF_OPTIONS = ["nlist", "nprobe", "metric"] as const satisfies readonly (keyof IvfOptions)[];

/** The parts of an IVF index without vectors and centroids. @throws InvalidArgumentError */
export function freshIvfState<Codec extends VectorCodec>(
  codec: Codec,
  { nlist = 100, nprobe = 1, metric = "l2" }: IvfOptions,
): IvfState<Codec> {
  checkInteger("dimensions", codec.dimensions, 1);
  checkInteger("nlist", nlist, 1, 1 << 24);
  checkInteger("nprobe", nprobe, 1);
  return {
    metric,
    quantizer: new IndexFlat(codec.dimensions, metric),
    codec,
    byResidual: false,
    lists: new InvertedLists(nlist, codec.codeSize),
    nprobe,
    directMap: "none",
    isTrained: false,
  };
}
