import { codeQuery, queryDotCentre, queryLost, queryScale, querySquared } from "./code-query";
import { codeOf } from "./graph";
import {
  CODE_ERROR,
  CODE_HEADER,
  CODE_SQUARE,
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
import { sumI32 } from "./simd";

/** Relative error of a float32 distance of `dimensions` terms, and of the bound's own dozen operations. */
// @ts-ignore: decorator
@inline
function relativeError(dimensions: i32): f64 {
  return (<f64>dimensions / 16.0 + 32.0) / 16777216.0;
}

let coded: usize = 0;
let codeEnd: usize = 0;
let encoded: u32 = 0;
let constant: f32 = 0;
let factor: f32 = 0;
let norm: f32 = 0;
let square: f32 = 0;

/**
 * Prepares `isFar` for a query, whose int16 form goes to `target`. A walk over float32 rows need not look at rows whose
 * code, a quarter of the bytes, proves them too far: it finds what it would find without codes (scan-int8.ts has the
 * bound; here it is turned round, since a walk's distances are smaller where nearer).
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
  // Sums near float32's end may overflow and prove nothing; NaN neither.
  if (!(reach < FLOAT32_REACH)) {
    encoded = 0;
    return;
  }
  const twice = isL2 ? 2.0 : 1.0;
  const lost = twice * sqrt(queryLost) * <f64>load<f32>(graph, GRAPH_MAX_CODE) * (1.0 + 1e-6);
  const common = isL2 ? querySquared : -queryDotCentre;
  constant = <f32>(common - lost - reach * relativeError(dimensions) - 1e-36);
  factor = <f32>(twice * queryScale);
  norm = <f32>(twice * length * (1.0 + 1e-6));
  square = isL2 ? 1 : 0;
}

/** Whether a node's float32 distance to the query is certainly not below `limit`. */
// @ts-ignore: decorator
@inline
export function isFar(node: u32, limit: f32): bool {
  if (node >= encoded) return false;
  let code = codeOf(node);
  const lower =
    constant + square * load<f32>(code, CODE_SQUARE) - factor * load<f32>(code) * <f32>dotQuery(code) - norm * load<f32>(code, CODE_ERROR);
  return lower >= limit;
}

/** Whether a node's code is what a walk reads first. */
// @ts-ignore: decorator
@inline
export function hasCode(node: u32): bool {
  return node < encoded;
}

// @ts-ignore: decorator
@inline
function dotQuery(code: usize): i32 {
  let query = coded;
  let a = i32x4.splat(0);
  let b = a;
  const end = code + codeEnd;
  code += CODE_HEADER;
  while (code < end) {
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(code), v128.load(query)));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(code, 8), v128.load(query, 16)));
    code += 16;
    query += 32;
  }
  return sumI32(i32x4.add(a, b));
}
