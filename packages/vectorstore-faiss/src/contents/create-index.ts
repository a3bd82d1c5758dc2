import {
  IndexFlatIP,
  IndexFlatL2,
  IndexHNSWFlat,
  IndexIVFFlat,
  InvalidArgumentError,
  type Metric,
  type VectorIndex,
} from "@secondpass/faiss";
import type { IndexOption } from "./index-option.js";

/** faiss wants this many vectors for each list it trains. */
const VECTORS_PER_LIST = 39;

/**
 * A new index of the kind asked for.
 * @param expected vectors that are to be added first, for defaults that depend on their number
 */
export function createIndex(
  option: IndexOption,
  dimensions: number,
  metric: Metric,
  expected: number,
): VectorIndex {
  switch (option.kind) {
    case "flat":
      return metric === "l2" ? new IndexFlatL2(dimensions) : new IndexFlatIP(dimensions);
    case "hnsw": {
      const { m = 32, efConstruction = 200, efSearch = 64 } = option;
      return new IndexHNSWFlat(dimensions, { m, efConstruction, efSearch, metric });
    }
    case "ivf": {
      const most = Math.max(1, Math.floor(expected / VECTORS_PER_LIST));
      const { nlist = Math.min(most, Math.ceil(4 * Math.sqrt(expected))) } = option;
      const { nprobe = Math.ceil(nlist / 8) } = option;
      return new IndexIVFFlat(dimensions, { nlist, nprobe, metric });
    }
    default:
      throw new InvalidArgumentError("index.kind", '"flat", "hnsw" or "ivf"', (option as IndexOption).kind);
  }
}
