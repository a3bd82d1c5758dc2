import { isCommonMetric, type Metric } from "../contract/metric.js";
import type { HnswGraph } from "./hnsw-graph.js";
import { hasWasmSimd } from "./kernels.js";
import { PlainHnswGraph } from "./plain-hnsw-graph.js";
import { usableThreads } from "./usable-threads.js";
import { WasmHnswGraph } from "./wasm-hnsw-graph.js";

/** Makes an empty graph: in WASM memory if the engine has SIMD and the kernels support the metric, otherwise in JavaScript. */
export function createHnswGraph(
  dimensions: number,
  metric: Metric,
  slots: Int32Array,
  { metricArg = 0, threads }: { metricArg?: number; threads?: number } = {},
): HnswGraph {
  return hasWasmSimd() && isCommonMetric(metric)
    ? new WasmHnswGraph(dimensions, metric, slots, usableThreads(threads))
    : new PlainHnswGraph(dimensions, metric, slots, metricArg);
}
