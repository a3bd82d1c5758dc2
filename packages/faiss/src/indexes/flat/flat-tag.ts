import type { Metric } from "../../contract/metric.js";

/** Type codes of the two metrics that have separate classes in faiss. */
const TAGS: Readonly<Partial<Record<Metric, string>>> = { l2: "IxF2", inner_product: "IxFI" };

/** The type code of a flat index of a metric. */
export function flatTag(metric: Metric): string {
  return TAGS[metric] ?? "IxFl";
}
