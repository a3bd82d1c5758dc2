import { bindGraph, codeOf, rowOf } from "./graph";
import {
  CODE_ERROR,
  CODE_HEADER,
  CODE_SQUARE,
  CODE_TERM,
  GRAPH_CENTRE,
  GRAPH_CODE_STRIDE,
  GRAPH_DIMENSIONS,
  GRAPH_ENCODED,
  GRAPH_MAX_CENTRED,
  GRAPH_MAX_CODE,
  GRAPH_MAX_NORM,
  GRAPH_METRIC,
} from "./graph-layout";
import { METRIC_L2 } from "./layout";
import { roundUp } from "./quantize";

/**
 * Fills the codes of nodes first…last-1. With c the centre and x' = x - c ≈ scale·code, a code's header has
 * - the term: |scale·code|² for L2, c·x - |c|²/2 for the inner product, which is x'·y' + term(x) + term(y);
 * - the error, at least |x' - scale·code|, and the square |x'|², from which a walk knows how wrong a code may be.
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
    let coded: f64 = 0;
    let centred: f64 = 0;
    let error: f64 = 0;
    let norm: f64 = 0;
    let product: f64 = 0;
    for (let i: usize = 0; i < dimensions; i++) {
      const x = load<f32>(row + (i << 2));
      const c = load<f32>(centre + (i << 2));
      const t = min<f32>(127, max<f32>(-127, nearest((x - c) * inverse)));
      store<i8>(code + CODE_HEADER + i, <i8>t);
      const approximation = <f64>t * <f64>scale;
      const difference = <f64>x - <f64>c;
      coded += approximation * approximation;
      centred += difference * difference;
      error += (difference - approximation) * (difference - approximation);
      norm += <f64>x * <f64>x;
      product += <f64>c * (<f64>x - <f64>c * 0.5);
    }
    store<f32>(code, scale);
    // The squared norm is the code's own, so that a code's distance to itself is zero.
    store<f32>(code, <f32>(isL2 ? coded : product), CODE_TERM);
    store<f32>(code, roundUp(sqrt(error)), CODE_ERROR);
    store<f32>(code, <f32>centred, CODE_SQUARE);
    raise(graph + GRAPH_MAX_NORM, norm);
    raise(graph + GRAPH_MAX_CENTRED, centred);
    raise(graph + GRAPH_MAX_CODE, coded);
  }
  store<u32>(graph, last, GRAPH_ENCODED);
}

/** Raises a maximum of norms to the root of `squares`. */
// @ts-ignore: decorator
@inline
function raise(maximum: usize, squares: f64): void {
  store<f32>(maximum, max(load<f32>(maximum), roundUp(sqrt(squares))));
}
