import { IndexFlatIP, IndexFlatL2 } from "../index/index-flat.js";
import { InvalidArgumentError } from "../index/invalid-argument-error.js";
import type { Metric } from "../index/metric.js";
import type { VectorIndex } from "../index/vector-index.js";
import type { IndexOption } from "./index-option.js";

/**
 * A new index of the kind asked for.
 * @param expected vectors that are to be added first, for defaults that depend on their number
 */
export function createIndex(
  option: IndexOption,
  dimensions: number,
  metric: Metric,
  _expected: number,
): VectorIndex {
  switch (option.kind) {
    case "flat":
      return metric === "l2" ? new IndexFlatL2(dimensions) : new IndexFlatIP(dimensions);
    default:
      throw new InvalidArgumentError("index.kind", '"flat", "hnsw" or "ivf"', (option as IndexOption).kind);
  }
}
