import { estimateError, floatError, hasCode, prepareFar } from "./far-nodes";
import { bindGraph, FROM_QUERY_AND_CODES, FROM_ROWS, rowOf } from "./graph";
import { GRAPH_ALLOWED, GRAPH_COUNT, GRAPH_ENTRY, GRAPH_MAX_LEVEL, GRAPH_METRIC, GRAPH_RESULTS, GRAPH_STRIDE, GRAPH_SUM_ERRORS, GRAPH_SUM_SQUARES } from "./graph-layout";
import { heapPush, heapThreshold } from "./heap";
import { pairAt, sortHeap } from "./pair-heap";
import { exactScore } from "./score-row";
import { descend, descentDistance, searchLayer, startAt } from "./search-layer";

/** Minimum number of nodes for walks by estimates: the rows of a smaller graph stay in the caches. */
const ESTIMATED_NODES: u32 = 1 << 14;

/** Maximum error of codes, relative to the rows, for walks by codes: a few thousandths of a distance. */
const MAX_ERROR: f64 = 0.02;

/** Levels above the lowest that a walk by estimates searches for several nodes, a quarter of `ef`, instead of one. */
const WIDE_LEVELS: i32 = 2;
const WIDTH_SHARE: i32 = 4;

/**
 * Walks the graph, keeps `ef` nodes, and puts them into `heap` by their exact scores. A large graph with precise codes is walked by
 * distances of codes, a quarter of the bytes; rows are then read only for nodes whose code does not decide whether they are among the best. Its walk starts at
 * several nodes of the lowest level: from one alone, it misses all neighbours of a query whose cluster the greedy descent did not reach. Any other graph is walked
 * over float32 rows, as in faiss.
 * @param coded room for the query's int16 form
 */
export function searchGraph(graph: usize, query: usize, coded: usize, ef: i32, heap: usize): void {
  bindGraph(graph);
  prepareFar(graph, query, coded);
  const entry = load<i32>(graph, GRAPH_ENTRY);
  if (entry < 0) return;
  const byEstimates = canEstimate(graph);
  const found = byEstimates
    ? walk(FROM_QUERY_AND_CODES, graph, query, <u32>entry, ef)
    : walk(FROM_ROWS, graph, query, <u32>entry, ef);
  const results: usize = load<u32>(graph, GRAPH_RESULTS);
  const metric = load<i32>(graph, GRAPH_METRIC);
  const stride: usize = load<u32>(graph, GRAPH_STRIDE);
  // Nearest first, so that most other nodes can no longer enter the heap and need no exact score.
  sortHeap(results, found);
  for (let i = 0; i < found; i++) {
    const node = load<u32>(pairAt(results, i), 4);
    const error = byEstimates ? floatError + estimateError(node) : floatError;
    const most = error - <f64>load<f32>(pairAt(results, i));
    if (hasCode(node) && most < heapThreshold(heap)) continue;
    heapPush(heap, exactScore(metric, query, rowOf(node), stride), node);
  }
}

/** Whether all nodes have codes that are precise enough for a walk. */
function canEstimate(graph: usize): bool {
  const count = load<u32>(graph, GRAPH_COUNT);
  if (count < ESTIMATED_NODES || !hasCode(count - 1)) return false;
  return load<f64>(graph, GRAPH_SUM_ERRORS) <= MAX_ERROR * MAX_ERROR * load<f64>(graph, GRAPH_SUM_SQUARES);
}

// @ts-ignore: decorator
@inline
function walk(from: i32, graph: usize, query: usize, entry: u32, ef: i32): i32 {
  const maxLevel = load<i32>(graph, GRAPH_MAX_LEVEL);
  const wide = from == FROM_QUERY_AND_CODES ? min(maxLevel, WIDE_LEVELS) : 0;
  const nearest = descend(from, graph, query, entry, maxLevel, wide);
  let starts = startAt(graph, nearest, descentDistance);
  for (let level = wide; level > 0; level--) starts = searchLayer(from, graph, query, starts, max(1, ef / WIDTH_SHARE), level, 0);
  return searchLayer(from, graph, query, starts, ef, 0, load<u32>(graph, GRAPH_ALLOWED));
}
