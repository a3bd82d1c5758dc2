import type { Metric } from "../contract/metric.js";
import type { HnswGraph } from "./hnsw-graph.js";
import { hasWasmSimd } from "./kernels.js";
import { PlainHnswGraph } from "./plain-hnsw-graph.js";
import { WasmHnswGraph } from "./wasm-hnsw-graph.js";

/** An empty graph: over WASM memory where the engine has SIMD, in JavaScript elsewhere. */
export function createHnswGraph(dimensions: number, metric: Metric, slots: Int32Array): HnswGraph {
  return hasWasmSimd()
    ? new WasmHnswGraph(dimensions, metric, slots)
    : new PlainHnswGraph(dimensions, metric, slots);
}
