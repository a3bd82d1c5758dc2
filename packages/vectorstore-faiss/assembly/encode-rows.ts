import { bindGraph, codeOf, rowOf } from "./graph";
import { CODE_HEADER, GRAPH_CENTRE, GRAPH_CODE_STRIDE, GRAPH_DIMENSIONS, GRAPH_METRIC } from "./graph-layout";
import { METRIC_L2 } from "./layout";

/**
 * Fills the codes of nodes first…last-1. With c the centre and x' = x - c ≈ scale·code, the term is |x'|² for L2, and
 * c·x - |c|²/2 for the inner product: x·y = x'·y' + term(x) + term(y).
 */
export function encodeRows(graph: usize, first: u32, last: u32): void {
  bindGraph(graph);
  const dimensions = <usize>load<u32>(graph, GRAPH_DIMENSIONS);
  const codeStride: usize = load<u32>(graph, GRAPH_CODE_STRIDE);
  const centre: usize = load<u32>(graph, GRAPH_CENTRE);
  const isL2 = load<i32>(graph, GRAPH_METRIC) == METRIC_L2;
  for (let node = first; node < last; node++) {
    const row = rowOf(node);
    const code = codeOf(node);
    memory.fill(code, 0, codeStride);
    let largest: f32 = 0;
    for (let i: usize = 0; i < dimensions << 2; i += 4) {
      largest = max(largest, abs(load<f32>(row + i) - load<f32>(centre + i)));
    }
    const scale: f32 = largest > 1e-30 ? largest / 127 : 1;
    const inverse: f32 = 1 / scale;
    let term: f64 = 0;
    for (let i: usize = 0; i < dimensions; i++) {
      const x = load<f32>(row + (i << 2));
      const c = load<f32>(centre + (i << 2));
      const t = min<f32>(127, max<f32>(-127, nearest((x - c) * inverse)));
      store<i8>(code + CODE_HEADER + i, <i8>t);
      // The squared norm is the code's own, so that a code's distance to itself is zero.
      term += isL2 ? <f64>t * <f64>t * <f64>scale * <f64>scale : <f64>c * (<f64>x - <f64>c * 0.5);
    }
    store<f32>(code, scale);
    store<f32>(code, <f32>term, 4);
  }
}
