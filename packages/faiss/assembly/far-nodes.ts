import { codeQuery, queryDotCentre, queryLost, queryScale, querySquared } from "./code-query";
import { codeOf } from "./graph";
import {
  CODE_ERROR,
  CODE_HEADER,
  GRAPH_CENTRE,
  GRAPH_CODE_STRIDE,
  GRAPH_DIMENSIONS,
  GRAPH_ENCODED,
  GRAPH_MAX_CENTRED,
  GRAPH_MAX_CODE,
  GRAPH_MAX_NORM,
  GRAPH_METRIC,
  GRAPH_STRIDE,
} from "./graph-layout";
import { FLOAT32_REACH, METRIC_L2 } from "./layout";
import { sumsI32 } from "./simd";

/** Relative error of a float32 distance of `dimensions` terms, and of the bound's own dozen operations. */
// @ts-ignore: decorator
@inline
function relativeError(dimensions: i32): f64 {
  return (<f64>dimensions / 16.0 + 32.0) / 16777216.0;
}

/** Maximum error of the float32 distance of a coded node, for the query prepared last. */
export let floatError: f64 = 0;

let coded: usize = 0;
let codeEnd: usize = 0;
let encoded: u32 = 0;
let constant: f32 = 0;
let slack: f32 = 0;
let factor: f32 = 0;
let norm: f32 = 0;
let square: f32 = 0;

/**
 * Prepares `dropFar` for a query, whose int16 form goes to `target`. A walk over float32 rows skips rows whose
 * code, a quarter of the bytes, proves them too far; it finds the same as without codes. The bound is that of scan-int8.ts,
 * with opposite sign, since smaller distances are nearer.
 */
export function prepareFar(graph: usize, query: usize, target: usize): void {
  const metric = load<i32>(graph, GRAPH_METRIC);
  const dimensions = load<i32>(graph, GRAPH_DIMENSIONS);
  const codeLength = <usize>load<u32>(graph, GRAPH_CODE_STRIDE) - CODE_HEADER;
  const isL2 = metric == METRIC_L2;
  encoded = load<u32>(graph, GRAPH_ENCODED);
  if (encoded == 0) return;
  codeQuery(metric, query, load<u32>(graph, GRAPH_CENTRE), dimensions, load<u32>(graph, GRAPH_STRIDE), codeLength, target);
  coded = target;
  codeEnd = codeLength + CODE_HEADER;
  const length = sqrt(querySquared);
  const maxCentred = <f64>load<f32>(graph, GRAPH_MAX_CENTRED);
  const reach = isL2
    ? (length + maxCentred) * (length + maxCentred)
    : length * (<f64>load<f32>(graph, GRAPH_MAX_NORM) + maxCentred);
  // Sums near float32's maximum may overflow and prove nothing, as does NaN.
  if (!(reach < FLOAT32_REACH)) {
    encoded = 0;
    return;
  }
  const twice = isL2 ? 2.0 : 1.0;
  const lost = twice * sqrt(queryLost) * <f64>load<f32>(graph, GRAPH_MAX_CODE) * (1.0 + 1e-6);
  const common = isL2 ? querySquared : -queryDotCentre;
  floatError = reach * relativeError(dimensions) + 1e-36;
  constant = <f32>common;
  slack = <f32>((lost + floatError) * (1.0 + 1e-6));
  factor = <f32>(twice * queryScale);
  norm = <f32>(twice * length * (1.0 + 1e-6));
  square = isL2 ? 1 : 0;
}

/** Whether a node has a code, which a walk reads first. */
// @ts-ignore: decorator
@inline
export function hasCode(node: u32): bool {
  return node < encoded;
}

/**
 * Removes nodes from a list whose float32 distance to the query is certainly not below `limit`; returns the number of
 * remaining nodes, in their order. Nodes are bounded four at a time, so that one load of the query serves them all.
 */
export function dropFar(nodes: usize, count: i32, limit: f32): i32 {
  const end = nodes + (<usize>count << 2);
  const last = end - 4;
  let kept = nodes;
  for (let at = nodes; at < end; at += 16) {
    // A last group with fewer nodes repeats its last node.
    const n0 = load<u32>(at);
    const n1 = load<u32>(min(at + 4, last));
    const n2 = load<u32>(min(at + 8, last));
    const n3 = load<u32>(min(at + 12, last));
    let far: i32 = 0;
    if (max(max(n0, n1), max(n2, n3)) < encoded) {
      const lower = lowerBounds(codeOf(n0), codeOf(n1), codeOf(n2), codeOf(n3));
      far = i32x4.bitmask(f32x4.ge(lower, f32x4.splat(limit)));
    }
    const size = min<i32>(4, <i32>((end - at) >> 2));
    // Writing stays behind reading, so the list can be filtered in place.
    kept = keepUnless(far & 1, kept, n0);
    if (size > 1) kept = keepUnless(far & 2, kept, n1);
    if (size > 2) kept = keepUnless(far & 4, kept, n2);
    if (size > 3) kept = keepUnless(far & 8, kept, n3);
  }
  return <i32>((kept - nodes) >> 2);
}

// @ts-ignore: decorator
@inline
function keepUnless(far: i32, kept: usize, node: u32): usize {
  store<u32>(kept, node);
  return far == 0 ? kept + 4 : kept;
}

/** Lower bounds of the float32 distances of four coded nodes, as f32x4. */
// @ts-ignore: decorator
@inline
function lowerBounds(c0: usize, c1: usize, c2: usize, c3: usize): v128 {
  const estimates = estimatesOf(c0, c1, c2, c3);
  const e01 = v128.shuffle<f32>(v128.load(c0), v128.load(c1), 2, 6, 2, 6);
  const e23 = v128.shuffle<f32>(v128.load(c2), v128.load(c3), 2, 6, 2, 6);
  const errors = v128.shuffle<f32>(e01, e23, 0, 1, 4, 5);
  return f32x4.sub(f32x4.sub(estimates, f32x4.mul(f32x4.splat(norm), errors)), f32x4.splat(slack));
}

/** Maximum difference between the float32 distance of a coded node and its estimate. */
export function estimateError(node: u32): f64 {
  return <f64>norm * <f64>load<f32>(codeOf(node), CODE_ERROR) + <f64>slack;
}

/** Estimates the distances of a list of up to four coded nodes into `target`. */
// @ts-ignore: decorator
@inline
export function estimateFour(nodes: usize, count: i32, target: usize): void {
  // A shorter list repeats its last node.
  const last = nodes + (<usize>(count - 1) << 2);
  const c0 = codeOf(load<u32>(nodes));
  const c1 = codeOf(load<u32>(min(nodes + 4, last)));
  const c2 = codeOf(load<u32>(min(nodes + 8, last)));
  const c3 = codeOf(load<u32>(min(nodes + 12, last)));
  v128.store(target, estimatesOf(c0, c1, c2, c3));
}

/** The estimated distances of four codes, as f32x4. */
// @ts-ignore: decorator
@inline
function estimatesOf(c0: usize, c1: usize, c2: usize, c3: usize): v128 {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let query = coded;
  const end = codeEnd;
  for (let i: usize = CODE_HEADER; i < end; i += 8) {
    const q = v128.load(query);
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(c0 + i), q));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(c1 + i), q));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(c2 + i), q));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(c3 + i), q));
    query += 16;
  }
  const dots = f32x4.convert_i32x4_s(sumsI32(a, b, c, d));
  // From the headers { scale, term, error, square }: a vector of scales, and one of squares.
  const h01 = v128.shuffle<f32>(v128.load(c0), v128.load(c1), 0, 4, 3, 7);
  const h23 = v128.shuffle<f32>(v128.load(c2), v128.load(c3), 0, 4, 3, 7);
  const scales = v128.shuffle<f32>(h01, h23, 0, 1, 4, 5);
  const squares = v128.shuffle<f32>(h01, h23, 2, 3, 6, 7);
  const fixed = f32x4.add(f32x4.splat(constant), f32x4.mul(f32x4.splat(square), squares));
  return f32x4.sub(fixed, f32x4.mul(f32x4.mul(f32x4.splat(factor), scales), dots));
}
