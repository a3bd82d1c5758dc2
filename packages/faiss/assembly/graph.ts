/**
 * The state of the current call's graph, copied from its struct. Calls are synchronous and an instance
 * belongs to one thread, so module variables can replace an object.
 */
import {
  CODE_HEADER,
  CODE_TERM,
  GRAPH_CODES,
  GRAPH_CODE_STRIDE,
  GRAPH_LEVEL_WIDTH,
  GRAPH_LINKS,
  GRAPH_MARKS,
  GRAPH_METRIC,
  GRAPH_ROWS,
  GRAPH_SHIFT,
  GRAPH_SLOTS,
  GRAPH_STRIDE,
} from "./graph-layout";
import { METRIC_IP } from "./layout";
import { float32Score } from "./score-row";
import { sumI32 } from "./simd";

/** The sources of distances: two codes (for building), float32 rows (for searching as in faiss), or a float32 query and codes. */
export const FROM_CODES: i32 = 0;
export const FROM_ROWS: i32 = 1;
export const FROM_QUERY_AND_CODES: i32 = 2;

let rows: usize = 0;
let codes: usize = 0;
let links: usize = 0;
let marks: usize = 0;
let shift: u32 = 0;
let mask: u32 = 0;
let stride: usize = 0;
let codeStride: usize = 0;
let metric: i32 = 0;
let slots: usize = 0;
let levelWidth: usize = 0;

export function bindGraph(graph: usize): void {
  rows = load<u32>(graph, GRAPH_ROWS);
  codes = load<u32>(graph, GRAPH_CODES);
  links = load<u32>(graph, GRAPH_LINKS);
  marks = load<u32>(graph, GRAPH_MARKS);
  shift = load<u32>(graph, GRAPH_SHIFT);
  mask = (1 << shift) - 1;
  stride = load<u32>(graph, GRAPH_STRIDE);
  codeStride = load<u32>(graph, GRAPH_CODE_STRIDE);
  metric = load<i32>(graph, GRAPH_METRIC);
  slots = load<u32>(graph, GRAPH_SLOTS);
  levelWidth = <usize>load<u32>(graph, GRAPH_LEVEL_WIDTH) << 2;
}

// @ts-ignore: decorator
@inline
function chunkOf(table: usize, node: u32): usize {
  return load<u32>(table + (<usize>(node >> shift) << 2));
}

// @ts-ignore: decorator
@inline
export function rowOf(node: u32): usize {
  return chunkOf(rows, node) + <usize>(node & mask) * stride;
}

// @ts-ignore: decorator
@inline
export function codeOf(node: u32): usize {
  return chunkOf(codes, node) + <usize>(node & mask) * codeStride;
}

/** Address of the node's row or code, from which distances are computed. */
// @ts-ignore: decorator
@inline
export function vectorOf(from: i32, node: u32): usize {
  return from == FROM_ROWS ? rowOf(node) : codeOf(node);
}

/** Address of the node's visited mark. */
// @ts-ignore: decorator
@inline
export function markOf(node: u32): usize {
  return chunkOf(marks, node) + (<usize>(node & mask) << 2);
}

/** Link slots of a level. */
// @ts-ignore: decorator
@inline
export function slotCount(level: i32): i32 {
  const at = slots + (<usize>level << 2);
  return load<i32>(at, 4) - load<i32>(at);
}

/** Offset in bytes of a level's slots among a node's slots. */
// @ts-ignore: decorator
@inline
export function slotsBefore(level: i32): usize {
  return <usize>load<i32>(slots + (<usize>level << 2)) << 2;
}

/** Address of the node's link slots on a level: node numbers, -1 from the first free slot on. */
// @ts-ignore: decorator
@inline
export function linksOf(node: u32, level: i32): usize {
  const chunk = chunkOf(links, node);
  const chunkNodes = <usize>1 << shift;
  const inChunk = <usize>(node & mask);
  if (level == 0) return chunk + (chunkNodes << 3) + inChunk * levelWidth;
  const upper: usize = load<u32>(chunk + (chunkNodes << 2) + (inChunk << 2));
  return upper + slotsBefore(level) - levelWidth;
}

/**
 * Distance of two vectors, smaller is nearer: squared L2 or minus the inner product. Of codes:
 * L2 = term + term' - 2·scale·scale'·dot; -IP = -(term + term') - scale·scale'·dot (see encode-rows.ts).
 */
// @ts-ignore: decorator
@inline
export function distanceOf(from: i32, a: usize, b: usize): f32 {
  if (from == FROM_ROWS) {
    return metric == METRIC_IP ? -float32Score(METRIC_IP, a, b, stride) : -float32Score(1, a, b, stride);
  }
  const product = <f32>dotCodes(a, b) * load<f32>(a) * load<f32>(b);
  const terms = load<f32>(a, CODE_TERM) + load<f32>(b, CODE_TERM);
  return metric == METRIC_IP ? -terms - product : terms - 2 * product;
}

// @ts-ignore: decorator
@inline
function dotCodes(a: usize, b: usize): i32 {
  let low = i32x4.splat(0);
  let high = low;
  const end = a + codeStride;
  a += CODE_HEADER;
  b += CODE_HEADER;
  while (a < end) {
    low = i32x4.add(low, i32x4.dot_i16x8_s(v128.load_ext<i8>(a), v128.load_ext<i8>(b)));
    high = i32x4.add(high, i32x4.dot_i16x8_s(v128.load_ext<i8>(a, 8), v128.load_ext<i8>(b, 8)));
    a += 16;
    b += 16;
  }
  return sumI32(i32x4.add(low, high));
}
